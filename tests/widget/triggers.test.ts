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

it('T10 asks for no rule of the page before while the server is being told of the next', async () => {
  const asked: string[] = []
  const shown = { url: 'https://shop.example/shoes', rules }
  const triggers = watchTriggers({
    look: () => ({ ...shown, facts }),
    ask: async (ruleId) => {
      asked.push(`${shown.url} ${ruleId}`)
      return null
    },
    after: () => () => undefined,
  })
  triggers.changed()
  await answered()
  shown.url = 'https://shop.example/hats'
  triggers.changed()
  expect(asked).toHaveLength(1)
  shown.rules = [rule]
  triggers.changed()
  expect(asked).toEqual([expect.stringMatching(/shoes/), expect.stringMatching(/hats/)])
})

it('H4 looks at nothing of the page any more once it has ended, whatever is answered then', async () => {
  let looked = 0
  const later: (() => void)[] = []
  for (const answer of [null, false]) {
    const triggers = watchTriggers({
      look: () => ({ rules, url: `https://shop.example/${looked++}`, facts }),
      ask: async () => answer,
      after: (_, run) => {
        later.push(run)
        return () => undefined
      },
    })
    triggers.changed()
    triggers.stop()
    triggers.changed()
  }
  await answered()
  expect(looked).toBe(2)
  expect(later).toEqual([])
})
