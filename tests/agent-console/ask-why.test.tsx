// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { expect, it } from 'vitest'
import { AskWhy } from '../../agent-console/settings/ask-why.tsx'
import { en } from '../../agent-console/ui/texts/en.ts'
import { failure, success } from '../../shared/result.ts'
import { siteId } from '../shared/story.ts'
import { openStage } from './support/stage.tsx'

const press = (name: string) =>
  act(async () => [...document.querySelectorAll('button')].find((one) => one.textContent === name)?.click())

it('T33 makes the line that asks a page why, and says where that failed', async () => {
  const asked: string[] = []
  const answers = [failure('unavailable', 'Not now.'), success({ key: 'abc.def', until: 1 })]
  const { draw } = await openStage(
    {},
    {
      send: async (method: string, path: string) => {
        asked.push(`${method} ${path}`)
        return answers.shift() as never
      },
    },
  )
  await draw(<AskWhy siteId={siteId} />)
  await press(en.askWhyMake)
  expect(document.querySelector('code')).toBeNull()
  await press(en.tryAgain)
  expect(document.querySelector('code')?.textContent).toContain("Ahlan('get', 'why', 'abc.def')")
  expect(asked).toEqual([`POST /sites/${siteId}/why-keys`, `POST /sites/${siteId}/why-keys`])
})
