import { expect, it } from 'vitest'
import { applyTimeline, emptyTimeline, noReceipts } from '../../shared/timeline.ts'
import { speak } from '../../widget/ui/language.ts'
import { linesOf } from '../../widget/ui/lines.ts'
import { texts } from '../../widget/ui/texts/en.ts'
import { clientId, Story } from '../shared/story.ts'

it('W4 says of what is on its way that it is, beneath itself and not beneath what is safe', () => {
  const { conversation, entries } = new Story().visitor(1, 'Is anybody there?')
  const timeline = [
    { type: 'snapshot', conversation, entries, receipts: noReceipts } as const,
    { type: 'queued', clientId: clientId(7), text: 'It is me', writtenAt: 2 } as const,
  ].reduce(applyTimeline, emptyTimeline)
  const groups = linesOf(timeline, speak('en', texts), 3).filter((line) => line.kind === 'group')
  expect(groups).toMatchObject([
    { state: 'sent', said: [{ text: 'Is anybody there?', state: 'sent' }] },
    { state: 'queued', said: [{ text: 'It is me', state: 'queued' }] },
  ])
})
