import type { Definition } from '../definitions.ts'

export const journeyDefinitions = {
  'journey.dropOff': {
    id: 'journey.dropOff',
    unit: 'share',
    meaning: 'Share of the visitors who came as far as a stage and, in the period, no further.',
    formula:
      '1 − visitors who came to a later stage ÷ visitors who came to this stage or a later one; who came to a later one has passed it',
  },
  'journey.timeOnPage': {
    id: 'journey.timeOnPage',
    unit: 'ms',
    meaning:
      'How long a page was looked at: visible, and in use. Views that nobody measured are left out, not counted as 0.',
    formula: 'per view: time in which the page was visible and focused',
  },
  'journey.exit': {
    id: 'journey.exit',
    unit: 'share',
    meaning:
      'Share of the views of a page that were the last of their visit. A visit that may still go on has none.',
    formula: 'visits whose last view was of the page, 30 min or more before the end ÷ views of the page',
  },
  'journey.pagesBeforeChat': {
    id: 'journey.pagesBeforeChat',
    unit: 'count',
    meaning: 'How many pages visitors looked at in a visit before they began a conversation in it.',
    formula:
      'per conversation begun: views of the same visit up to its beginning, the page it began on included',
  },
  'journey.returned': {
    id: 'journey.returned',
    unit: 'share',
    meaning:
      'Share of the visitors who were seen again, in another visit, within 30 days. Counted are those whose 30 days are over; the others are told apart as open.',
    formula:
      'visitors with another visit within 30 days of the first time they were seen in the period ÷ visitors of the period whose 30 days are over',
  },
  'journey.churned': {
    id: 'journey.churned',
    unit: 'share',
    meaning:
      'Share of the customers of a segment who were there as the period began and had not been seen for the segment’s days as it ended.',
    formula:
      'of the visitors seen in the segment in the n days before the period: those not seen in its last n days ÷ all of them',
  },
} as const satisfies Record<string, Definition>
