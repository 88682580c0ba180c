// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { FollowUpsCard } from '../../agent-console/settings/follow-ups-card.tsx'
import { JourneyCard } from '../../agent-console/settings/journey-card.tsx'
import { ScoreCard } from '../../agent-console/settings/score-card.tsx'
import { SegmentsCard } from '../../agent-console/settings/segments-card.tsx'
import { SiteForm } from '../../agent-console/settings/site-form.tsx'
import { en } from '../../agent-console/ui/texts/en.ts'
import { SiteKey } from '../../shared/ids.ts'
import { failure, success } from '../../shared/result.ts'
import { siteId } from '../shared/story.ts'
import { openStage } from './support/stage.tsx'

const shop = {
  ...{ id: siteId, key: v.parse(SiteKey, 'shop'), name: 'Shop', createdAt: 0, revision: '1' },
  ...{ origins: ['https://shop.example'], locale: 'en' as const, accent: '#0f766e', side: 'end' as const },
  ...{ greeting: {}, replyTime: {} },
}
const list = { items: [], nextCursor: null }

const all = <One extends HTMLElement>(selector: string) => [...document.querySelectorAll<One>(selector)]
const settle = async () => {
  for (let turn = 0; turn < 5; turn++) await act(async () => undefined)
}
function field(label: string) {
  const found = all<HTMLLabelElement>('label').find(({ textContent }) => textContent?.startsWith(label))
  const input = found?.htmlFor
    ? document.getElementById(found.htmlFor)
    : document.querySelector(`[aria-label="${label}"]`)
  if (input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement) return input
  throw new Error(`There is no field ${label}.`)
}
const write = (label: string, text: string) =>
  act(() => {
    const input = field(label)
    input.value = text
    input.dispatchEvent(new Event('input', { bubbles: true }))
  })
async function save(form = all('form')[0]) {
  await act(() => void form?.dispatchEvent(new Event('submit', { cancelable: true, bubbles: true })))
  await settle()
}

interface Server<Held> {
  held: Held
  sent: string[]
  others: (more: Partial<Held>) => void
  /** Happens while something is on its way. */
  meanwhile?: () => Promise<unknown>
}

/** A server with one document of settings, which others change as well. */
function keeping<Held extends { revision: string }>(path: string, begin: Held) {
  const sent: string[] = []
  const put = (more: Partial<Held>) => {
    server.held = { ...server.held, ...more, revision: `${Number(server.held.revision) + 1}` }
  }
  const server: Server<Held> = { held: begin, sent, others: put }
  const get = async (asked: string) => success((asked === path ? server.held : list) as never)
  const send = async (_method: string, asked: string, body: object = {}) => {
    server.sent.push(asked)
    await server.meanwhile?.()
    if (!asked.endsWith(`ifRevision=${server.held.revision}`))
      return failure('conflict', 'Changed.', { path: 'ifRevision' })
    put(body)
    return success(server.held as never)
  }
  return { server, get, send }
}

const path = `/sites/${siteId}`

it('K40 the form of a site takes over what others save of what is not written in it', async () => {
  const { server, ...api } = keeping(path, shop)
  const { draw } = await openStage({}, api)
  await draw(<SiteForm site={server.held} onSaved={() => undefined} />)
  await write(en.siteName, 'Our shop')
  server.others({ origins: ['https://shop.example', 'https://new.example'] })
  await draw(<SiteForm site={server.held} onSaved={() => undefined} />)
  expect(field(en.origins).value).toBe('https://shop.example\nhttps://new.example')
  expect(field(en.siteName).value).toBe('Our shop')
  await save()
  expect(server.held).toMatchObject({ name: 'Our shop', origins: { length: 2 } })
  expect(document.body.textContent).toContain(en.saved)
})

it('K40 who saves what others have changed meanwhile is told, and undoes nothing else by saving once more', async () => {
  const { server, ...api } = keeping(path, shop)
  const { draw } = await openStage({}, api)
  await draw(<SiteForm site={server.held} onSaved={() => undefined} />)
  await write(en.siteName, 'Our shop')
  server.others({ name: 'Their shop', origins: ['https://new.example'] })
  await save()
  expect(document.body.textContent).toContain(en.refusedMeanwhile)
  expect(server.held.name).toBe('Their shop')
  await save()
  expect(server.held).toMatchObject({ name: 'Our shop', origins: ['https://new.example'] })
  expect(server.sent).toEqual([`${path}?ifRevision=1`, `${path}?ifRevision=2`])
  expect(document.body.textContent).not.toContain(en.refusedMeanwhile)
})

it('K40 a journey is saved with all else of its site as others have made it', async () => {
  const { server, ...api } = keeping(path, shop)
  const { draw } = await openStage({}, api)
  await draw(<JourneyCard site={server.held} onSaved={() => undefined} />)
  await settle()
  await act(() => all('.journey-mark button')[0]?.click())
  server.others({ name: 'Their shop' })
  await save()
  expect(document.body.textContent).toContain(en.refusedMeanwhile)
  await save()
  expect(server.held).toMatchObject({ name: 'Their shop', journey: { stages: { aware: [] } } })
})

it('K40 the settings of follow-ups take over what others have made of their lists', async () => {
  const { server, ...api } = keeping('/follow-up-settings', {
    ...{ hours: 48, revision: '1', categories: [{ id: 'size', name: { en: 'Size' } }] },
    causes: [{ id: 'slow', name: { en: 'We were slow', fa: 'دیر رسیدیم', ar: 'تأخرنا' } }],
  })
  const { draw } = await openStage({}, api)
  await draw(<FollowUpsCard />)
  await settle()
  await write(en.followUpHours, '5')
  server.others({ categories: [] })
  await save()
  expect(document.body.textContent).toContain(en.refusedMeanwhile)
  expect(field(en.followUpCategories).value).toBe('')
  await save()
  expect(server.held).toMatchObject({ hours: 5, categories: [], causes: [{ name: { fa: 'دیر رسیدیم' } }] })
})

const when = [{ kind: 'returning', is: true }]
const often = { id: 'Often', siteId, name: 'Often', when, revision: '1' }
const score = {
  ...{ halfLifeSeconds: 3_600, revision: '1' },
  parts: [{ id: 'part-1', name: 'Came back', points: 5, when }],
}
const labelled = (name: string) =>
  all('[aria-label]').find((one) => one.getAttribute('aria-label')?.includes(name))

it('K41 what is written in the form of a site while it is saved is kept, and not called saved', async () => {
  const { server, ...api } = keeping(path, shop)
  const { draw } = await openStage({}, api)
  await draw(<SiteForm site={server.held} onSaved={() => undefined} />)
  await write(en.siteName, 'First')
  server.meanwhile = () => write(en.siteName, 'Second')
  await save()
  expect(server.held.name).toBe('First')
  expect(field(en.siteName).value).toBe('Second')
  expect(all('[role="status"]').map((one) => one.textContent)).not.toContain(en.saved)
  delete server.meanwhile
  await save()
  expect(server.held.name).toBe('Second')
  expect(all('[role="status"]').map((one) => one.textContent)).toContain(en.saved)
})

it('K41 so it is in the form of the score', async () => {
  const { server, ...api } = keeping('/lead-score', score)
  const { draw } = await openStage({}, api)
  await draw(<ScoreCard siteId={siteId} />)
  await settle()
  const name = (text: string) => write(en.scoreReason, text)
  await name('First')
  server.meanwhile = () => name('Second')
  await save()
  expect(server.held.parts[0]?.name).toBe('First')
  expect(field(en.scoreReason).value).toBe('Second')
  expect(document.body.textContent).not.toContain(en.saved)
})

it.each(['taken', 'refused'])('K41 so it is in the form of a segment that is %s', async (how) => {
  const { server, ...api } = keeping('/segments/Often', often)
  const get = async (asked: string) =>
    asked === '/segments' ? success({ ...list, items: [often], unreadable: [] } as never) : api.get(asked)
  const { draw } = await openStage({}, { ...api, get })
  await draw(<SegmentsCard siteId={siteId} />)
  await settle()
  await act(() => labelled(en.editName.replace('{name}', 'Often'))?.click())
  await write(en.name, 'First')
  if (how === 'refused') server.others({ name: 'Theirs' })
  server.meanwhile = () => write(en.name, 'Second')
  await save()
  expect(field(en.name).value).toBe('Second')
  delete server.meanwhile
  await save()
  expect(server.held.name).toBe('Second')
  expect(all('form')).toEqual([])
})

it('R36 a cause is listed with its code once it is saved, and keeps it whatever is written above', async () => {
  const { server, ...api } = keeping('/follow-up-settings', {
    ...{ hours: 48, revision: '1', categories: [], causes: [] as { id: string; name: object }[] },
  })
  const { draw } = await openStage({}, api)
  await draw(<FollowUpsCard />)
  await settle()
  await write(en.followUpCauses, 'Late')
  await save()
  const [late] = server.held.causes
  expect(field(en.followUpCauses).value).toBe(`${late?.id}: Late`)
  await write(en.followUpCauses, `New\n${field(en.followUpCauses).value}`)
  await save()
  expect(server.held.causes[1]).toEqual(late)
  expect(server.held.causes[0]).toMatchObject({ name: { en: 'New' } })
  expect(server.held.causes[0]?.id).not.toBe(late?.id)
})
