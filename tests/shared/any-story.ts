import fc from 'fast-check'
import type { Rating } from '../../shared/conversation/entry.ts'
import { omid, Story, sara } from './story.ts'

type Step = (story: Story, at: number) => void

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.constantFrom<Step>(
    (story, at) => story.run({ type: 'showSurvey' }, at),
    (story, at) => story.run({ type: 'skipSurvey' }, at),
    (story, at) => story.run({ type: 'reopen', by: sara }, at),
    (story, at) => story.visitor(at),
    (story, at) => story.agent(at),
    (story, at) => story.agent(at, omid),
    (story, at) => story.note(at),
    (story, at) => story.close(at),
    (story, at) => story.assign(at, sara),
    (story, at) => story.assign(at, null),
  ),
  fc.constantFrom<Rating>(1, 2, 3, 4, 5).map(
    (rating): Step =>
      (story, at) =>
        story.run({ type: 'rate', rating, comment: '' }, at),
  ),
)

/** Up to two hours between two steps: nothing stays closed too long to be taken up again. */
const pauses = fc.integer({ min: 0, max: 7_200_000 })

/** Whatever may happen in a conversation, in any order. */
export const anyStory: fc.Arbitrary<Story> = fc
  .array(fc.tuple(steps, pauses), { maxLength: 25 })
  .map((happenings) => {
    const story = new Story()
    let at = 1
    for (const [step, pause] of happenings) {
      at += pause
      attempt(() => step(story, at))
    }
    return story
  })

/** A visitor who comes a day late is refused; that is no part of the story. */
function attempt(step: () => void): void {
  try {
    step()
  } catch (refused) {
    if (!(refused instanceof Error && refused.message.includes('was refused'))) throw refused
  }
}
