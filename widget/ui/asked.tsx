import { askedAt, type Place } from '../state/state.ts'
import { RichText } from './rich-text.tsx'
import type { View } from './view.ts'

/** The proactive message one is answering, until the conversation itself begins with it. */
export function Asked({ view: { state }, place }: { view: View; place: Place }) {
  const asked = askedAt(state, place)
  return (
    asked && (
      <div class="group other">
        <p class="author">
          <bdi>{asked.from}</bdi>
        </p>
        <p class="bubble">
          <RichText text={asked.text} />
        </p>
      </div>
    )
  )
}
