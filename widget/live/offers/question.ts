import type { Offer } from '../../../shared/invitation.ts'
import type { OfferParts } from './parts.ts'
import { offerTexts } from './texts.ts'

/** One touch answers: five faces with their words, or the numbers from 0 to 10. */
export function questionBelow(
  offer: Extract<Offer, { kind: 'survey' }>,
  text: HTMLElement,
  { language, deeds, elements }: OfferParts,
): HTMLElement {
  const { element, action, own } = elements
  const faces = offer.scale === 'faces'
  const whole = element('div', 'question')
  const row = element('div', `scale ${offer.scale}`)
  row.role = 'group'
  row.setAttribute('aria-labelledby', text.id)
  const fault = element('p', 'fault')
  let answered = false
  const rate = async (score: number) => {
    if (answered) return
    answered = true
    fault.textContent = ''
    answered = await deeds.rate(score)
    if (!answered) fault.textContent = offerTexts[language.locale].notSent
  }
  for (let score = faces ? 1 : 0; score <= (faces ? 5 : 10); score++) {
    const number = language.number(score)
    const button = action('mark', faces ? '' : number, () => rate(score))
    const word = faces ? language.texts.ratings[score - 1] : wordOf(offer, score)
    button.ariaLabel = word ? `${number} – ${word}` : number
    if (faces) button.append(face(score))
    row.append(button)
  }
  whole.append(row)
  if (offer.low || offer.high || faces) {
    const ends = element('div', 'ends')
    const [worst, , , , best] = language.texts.ratings
    ends.ariaHidden = 'true'
    ends.append(
      own('span', '', offer.low ?? (faces ? worst : '')),
      own('span', '', offer.high ?? (faces ? best : '')),
    )
    whole.append(ends)
  }
  const out = element('div', 'choices')
  out.append(action('dismiss', language.texts.skip, deeds.dismiss), fault)
  whole.append(out)
  return whole
}

const wordOf = ({ low, high }: { low?: string; high?: string }, score: number): string | undefined =>
  score === 0 ? low : score === 10 ? high : undefined

const mouths = ['M8 17q4-5 8 0', 'M8 16.5q4-3 8 0', 'M8 16h8', 'M8 15q4 3 8 0', 'M8 14q4 6 8 0']

/** Drawn rather than typed: not every device has a font for it. */
function face(score: number): SVGElement {
  const drawn = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  drawn.setAttribute('viewBox', '0 0 24 24')
  drawn.ariaHidden = 'true'
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute(
    'd',
    `M2.5 12a9.5 9.5 0 1 0 19 0a9.5 9.5 0 1 0-19 0M9 9.3v.7M15 9.3v.7${mouths[score - 1]}`,
  )
  drawn.append(path)
  return drawn
}
