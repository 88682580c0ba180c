// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { parse } from 'valibot'
import { describe, expect, it } from 'vitest'
import { Wall } from '../../agent-console/reports/wall.tsx'
import { en } from '../../agent-console/ui/texts/en.ts'
import { makeId, SiteKey } from '../../shared/ids.ts'
import { failure } from '../../shared/result.ts'
import { agentId, omid, Story, sara, siteId } from '../shared/story.ts'
import { rowOf } from './support/desk.ts'
import { openStage } from './support/stage.tsx'

const otherSite = makeId('s', 0, new Uint8Array(10).fill(9))
const siteNamed = (id: typeof siteId) => ({ id, key: parse(SiteKey, 'shop'), name: id })

const figures = () =>
  Object.fromEntries(
    [...document.querySelectorAll('.wall-figure')].map((one) => [
      one.querySelector('h2')?.textContent,
      one.querySelector('.wall-value')?.textContent,
    ]),
  )

describe('the office screen', () => {
  it('M84 says how it stands now, and is left with Escape', async () => {
    location.replace('#/wall')
    const get = async () => failure('unavailable', 'Later.') as never
    const { draw } = await openStage({ totals: { visitors: 0, open: 3, waiting: 3 } }, { get })
    await draw(<Wall site={null} />)
    expect(figures()).toMatchObject({ [en.wallWaiting]: '3', [en.wallLongest]: '–' })
    await act(() => void document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' })))
    expect(location.hash).toBe('#/reports')
  })

  it('M114 of one site tells how many of those online have a chat of it', async () => {
    const get = async () => failure('unavailable', 'Later.') as never
    const there = (author: typeof sara, name: string) =>
      ({ id: agentId(author), name, role: 'agent', status: 'online' }) as const
    const mine = new Story().visitor(1_000).assign(2_000, sara)
    const more = {
      colleagues: [there(sara, 'Sara'), there(omid, 'Omid')],
      sites: [siteNamed(siteId), siteNamed(otherSite)],
      inbox: [rowOf(mine)],
    }
    const { draw } = await openStage(more, { get })
    const online = () => document.querySelectorAll('.wall-figure')[2]?.textContent
    await draw(<Wall site={siteId} />)
    expect(online()).toBe(`${en.wallOnlineHere}21 has chats of this site · Sara`)
    await draw(<Wall site={otherSite} />)
    expect(online()).toContain(en.wallHaveHere.zero)
    await draw(<Wall site={null} />)
    expect(online()).toBe(`${en.wallOnline}2Sara · Omid`)
  })
})
