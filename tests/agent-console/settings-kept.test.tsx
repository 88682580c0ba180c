// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { expect, it } from 'vitest'
import type { Api } from '../../agent-console/connection/api.ts'
import { InSegments } from '../../agent-console/person/score.tsx'
import { Why } from '../../agent-console/person/why.tsx'
import { HouseSection } from '../../agent-console/settings/house-section.tsx'
import { sayRefused } from '../../agent-console/settings/refused.tsx'
import { ScoreCard } from '../../agent-console/settings/score-card.tsx'
import { SegmentsCard } from '../../agent-console/settings/segments-card.tsx'
import { en } from '../../agent-console/ui/texts/en.ts'
import { createWords } from '../../agent-console/ui/words.ts'
import { makeId } from '../../shared/ids.ts'
import { locales } from '../../shared/locale.ts'
import { type Failure, failure, success } from '../../shared/result.ts'
import { siteId } from '../shared/story.ts'
import { openStage } from './support/stage.tsx'

const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)]
const button = (name: string) =>
  all('button').find((one) => (one.getAttribute('aria-label') ?? one.textContent)?.includes(name))
const settle = async () => {
  for (let turn = 0; turn < 5; turn++) await act(async () => undefined)
}
const press = async (name: string) => {
  await act(() => button(name)?.click())
  await settle()
}

const team = { id: 'Sales', name: 'Sales', agents: [] }

it('V62 a team that was removed can be brought back, and the keyboard goes on where teams are added', async () => {
  const teams = [team]
  const api: Partial<Api> = {
    get: async (path: string) => {
      const lists: Record<string, object[]> = { '/teams': [...teams], '/calendars': [] }
      return success((lists[path] && { items: lists[path], nextCursor: null }) as never)
    },
    send: async (method: string, _path: string, body?: object) => {
      if (method === 'DELETE') teams.splice(0)
      else teams.push({ ...team, ...body })
      return success({} as never)
    },
  }
  const { draw } = await openStage({}, api)
  await draw(<HouseSection />)
  await settle()
  await press('Remove Sales')
  expect(teams).toEqual([])
  expect(document.activeElement).toBe(button(en.addTeam))
  await press(en.undo)
  expect(teams).toEqual([team])
  expect(button('Remove Sales')).toBeDefined()
})

it('V62 a reason of the score that was taken out can be put back before it is saved', async () => {
  const part = { id: 'one', name: 'Came back', points: 5, when: [{ kind: 'returning', is: true }] }
  const get = async () => success({ halfLifeSeconds: 3_600, parts: [part] } as never)
  const { draw } = await openStage({}, { get, send: async () => success({} as never) })
  await draw(<ScoreCard siteId={siteId} />)
  await settle()
  await press('Remove Came back')
  expect(all('.score-part')).toHaveLength(0)
  expect(document.activeElement).toBe(button(en.addScorePart))
  await press(en.undo)
  expect(all('.score-part')).toHaveLength(1)
})

it('T127 a new reason of the score bears no id of one that was there before', async () => {
  const part = { id: 'part-1', name: 'Came back', points: 5, when: [{ kind: 'returning', is: true }] }
  const sent: { parts: { id: string }[] }[] = []
  const get = async () => success({ halfLifeSeconds: 3_600, parts: [part] } as never)
  const send = async (_method: string, path: string, body?: unknown) => {
    if (path.startsWith('/lead-score')) sent.push(body as (typeof sent)[0])
    return success(body as never)
  }
  const { draw } = await openStage({}, { get, send })
  await draw(<ScoreCard siteId={siteId} />)
  await settle()
  await press('Remove Came back')
  await press(en.scoreUsual)
  await press(en.save)
  const ids = sent[0]?.parts.map(({ id }) => id) ?? []
  expect(new Set(ids).size).toBe(3)
  for (const id of ids) expect(id).not.toMatch(/^part-\d$/)
})

it('T126 a segment that somebody else has changed is kept by saving once more, and not before', async () => {
  const segment = { id: 'Often', siteId, name: 'Often', when: [], revision: 'first' }
  const sent: string[] = []
  const get = async (path: string) =>
    success(
      (path === '/segments'
        ? { items: [segment], nextCursor: null, unreadable: [] }
        : { ...segment, name: 'Theirs', revision: 'second' }) as never,
    )
  const send = async (_method: string, path: string) => {
    if (path.startsWith('/segments')) sent.push(path)
    return path.endsWith('first')
      ? failure('conflict', 'Changed.', { path: 'ifRevision' })
      : success({} as never)
  }
  const { draw } = await openStage({}, { get, send })
  await draw(<SegmentsCard siteId={siteId} />)
  await settle()
  await press(en.editName.replace('{name}', 'Often'))
  await press(en.save)
  expect(document.body.textContent).toContain(en.refusedMeanwhile)
  await press(en.save)
  expect(sent).toEqual(['/segments/Often?ifRevision=first', '/segments/Often?ifRevision=second'])
})

it('V63 segments are called by the names they have now', async () => {
  const segment = { id: 'Buyers', siteId, name: 'Big buyers', when: [] }
  const { draw } = await openStage(
    {},
    { get: async () => success({ items: [segment], nextCursor: null } as never) },
  )
  await draw(<InSegments siteId={siteId} segments={['Buyers', 'Gone']} />)
  await settle()
  expect(all('.tag').map((one) => one.textContent)).toEqual(['Big buyers', 'Gone'])
})

it('V64 why goes on behind its first page when it is asked to', async () => {
  const why = (name: string) => ({
    ...{ ruleId: name, name, because: 'shown', findings: [], spokeAt: null, asked: null, variant: null },
  })
  const pages = [
    { items: [why('First')], nextCursor: 'First' },
    { items: [why('Second')], nextCursor: null },
  ]
  const get = async (_: string, query: { cursor?: unknown } = {}) =>
    success((query.cursor ? pages[1] : pages[0]) as never)
  const { draw } = await openStage({}, { get })
  await draw(<Why visitId={makeId('t', 1, new Uint8Array(10))} />)
  await press(en.whyOpen)
  expect(all('.why-name').map((one) => one.textContent)).toEqual(['First'])
  await press(en.whyMore)
  expect(all('.why-name').map((one) => one.textContent)).toEqual(['First', 'Second'])
  expect(button(en.whyMore)).toBeUndefined()
})

it.each(locales)('V65 what the server refuses is said in the language of who asked: %s', (locale) => {
  const refused: Pick<Failure, 'code' | 'refusal'>[] = [
    { code: 'conflict', refusal: { is: 'full', most: 100 } },
    { code: 'invalid', refusal: { is: 'unknown', name: 'X' } },
    {
      code: 'conflict',
      refusal: {
        is: 'inUse',
        by: [
          { what: 'site', name: 'X' },
          { what: 'score', name: '' },
        ],
      },
    },
    { code: 'invalid', refusal: { is: 'ring', names: ['X', ''] } },
    { code: 'invalid', refusal: { is: 'pageAlone' } },
    ...(['invalid', 'conflict', 'forbidden', 'not_found', 'unavailable'] as const).map((code) => ({ code })),
  ]
  const said = refused.map((one) => sayRefused(createWords(locale), one))
  expect(said.every((text) => text !== '' && !/[{}]|undefined/.test(text))).toBe(true)
  if (locale !== 'en') expect(said.join('').replace(/X/g, '')).not.toMatch(/[A-Za-z]/)
})
