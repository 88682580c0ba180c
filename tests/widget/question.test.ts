// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { elements } from '../../widget/live/elements.ts'
import { questionBelow } from '../../widget/live/offers/question.ts'
import { texts } from '../../widget/ui/texts/en.ts'

it('T66 is answered once however often it is touched, and again where that failed', async () => {
  const rated: number[] = []
  const answers = [false, true]
  const parts = {
    elements,
    language: { locale: 'en', texts, number: String },
    deeds: {
      rate: async (score: number) => {
        rated.push(score)
        return answers.shift() ?? true
      },
    },
  }
  const text = document.createElement('p')
  // Only what a question uses stands here.
  const question = questionBelow({ kind: 'survey', scale: 'faces' }, text, parts as never)
  const [, second, third] = question.querySelectorAll<HTMLElement>('.mark')
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  second?.click()
  third?.click()
  await settled()
  expect(rated).toEqual([2])
  expect(question.querySelector('.fault')?.textContent).not.toBe('')
  third?.click()
  third?.click()
  await settled()
  second?.click()
  expect(rated).toEqual([2, 3])
})
