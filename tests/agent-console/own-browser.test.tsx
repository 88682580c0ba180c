// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { OwnBrowser } from '../../agent-console/settings/own-browser.tsx'
import { SiteForm } from '../../agent-console/settings/site-form.tsx'
import { en } from '../../agent-console/ui/texts/en.ts'
import { SiteKey } from '../../shared/ids.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import type { Site } from '../../shared/workspace.ts'
import { siteId } from '../shared/story.ts'
import { openStage } from './support/stage.tsx'

const site: Site = {
  ...{ id: siteId, key: v.parse(SiteKey, 'shop'), name: 'Shop', createdAt: 0 },
  ...{ origins: ['https://shop.example'], locale: 'en', accent: '#0f766e', side: 'end' },
  ...{ greeting: {}, replyTime: {} },
}
const press = (name: string) =>
  act(async () => [...document.querySelectorAll('button')].find((one) => one.textContent === name)?.click())
const links = () => [...document.querySelectorAll('section a')].map((one) => one.getAttribute('href'))

async function stage(answers: Result<object>[] = []) {
  const sent: [string, object?][] = []
  const { draw } = await openStage(
    {},
    {
      get: async () => success({ items: [], nextCursor: null } as never),
      send: async (method: string, path: string, body?: object) => {
        sent.push([`${method} ${path}`, body])
        return (answers.shift() ?? success({ ...site, ...body })) as never
      },
    },
  )
  return { draw, sent }
}

it('V71 an address is made for each origin of the site, and one that takes it back', async () => {
  const key = (parameter: string) => success({ parameter, endsAt: '2026-01-01T00:00:00.000Z' })
  const { draw, sent } = await stage([
    failure('unavailable', 'Not now.'),
    key('utm_content=a'),
    key('utm_content=b'),
  ])
  const origins = ['https://shop.example', 'https://example.com']
  await draw(<OwnBrowser site={{ ...site, origins }} />)
  await press(en.ownMake)
  expect(links()).toEqual([])
  await press(en.tryAgain)
  expect(links()).toEqual(['https://shop.example/?utm_content=a', 'https://example.com/?utm_content=a'])
  expect(document.querySelector('code')?.textContent).toBe('?utm_content=a')
  await press(en.ownGuest)
  expect(links()).toEqual(['https://shop.example/?utm_content=b', 'https://example.com/?utm_content=b'])
  expect(document.body.textContent).toContain(en.guestOpen)
  const asked = (as: string) => [`POST /sites/${siteId}/own-keys`, { as }]
  expect(sent).toEqual([asked('own'), asked('own'), asked('guest')])
})

it('V71 none is made where the site counts its agents', async () => {
  const { draw } = await stage()
  await draw(<OwnBrowser site={{ ...site, countAgents: true }} />)
  expect(document.querySelector('button')).toBeNull()
  expect(document.body.textContent).toContain(en.ownCounted)
})

it('V71 colleagues are left out unless the box is cleared, which is saved', async () => {
  const { draw, sent } = await stage()
  await draw(<SiteForm site={site} onSaved={() => undefined} />)
  const box = [...document.querySelectorAll('label')]
    .find((one) => one.textContent?.startsWith(en.leaveAgentsOut))
    ?.querySelector('input')
  expect(box?.checked).toBe(true)
  await act(async () => box?.click())
  const form = document.querySelector('form')
  await act(() => void form?.dispatchEvent(new Event('submit', { cancelable: true, bubbles: true })))
  await act(async () => undefined)
  expect(sent).toMatchObject([[`PUT /sites/${siteId}`, { countAgents: true }]])
})
