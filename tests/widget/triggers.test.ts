import { expect, it } from 'vitest'
import { makeId } from '../../shared/ids.ts'
import { watchTriggers } from '../../widget/live/triggers.ts'

const facts = { secondsOnPage: 9, somebodyCanAnswer: true }
const rule = { id: makeId('r', 1, new Uint8Array(10)), priority: 0, when: [] }
const rules = [rule]

function watch(answers: (boolean | null)[]) {
  let asked = 0
  let later = (): void => undefined
  const triggers = watchTriggers({
    look: () => ({ rules, url: 'https://shop.example/', facts }),
    ask: async () => answers[asked++] ?? null,
    after: (_, run) => {
      later = run
      return () => undefined
    },
  })
  return { ...triggers, asked: () => asked, later: () => later() }
}
const answered = () => new Promise((resolve) => setImmediate(resolve))

it('T8 a rule that the server did not answer for is asked for again, later and once', async () => {
  const page = watch([null, false])
  page.changed()
  await answered()
  expect(page.asked()).toBe(1)
  page.later()
  await answered()
  page.changed()
  await answered()
  expect(page.asked()).toBe(2)
})
