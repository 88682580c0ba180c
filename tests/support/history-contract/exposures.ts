import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ExposurePeriod, ExposureRecord } from '../../../server/history/exposures.ts'
import { makeId, type RuleId, type SiteId } from '../../../shared/ids.ts'
import {
  type InvitedWanted,
  invitedCount,
  invitedFigures,
  isOfShown,
} from '../../../shared/metrics/invited.ts'
import {
  type Exposure,
  firstOfEach,
  type ProactiveReport,
  proactiveReport,
  tallied,
} from '../../../shared/metrics/proactive.ts'
import { hour, minute, newConversationId, newSiteId, newVisitorId, noon } from '../history-cast.ts'
import { history } from './held.ts'

const inviteId = (at = noon) => makeId('i', at, randomBytes(10))
const newRuleId = () => makeId('r', noon, randomBytes(10))
const goal = { kind: 'url', glob: '/thanks', withinSeconds: 3_600 } as const

/** Shown by a rule to somebody who is remembered, unless said otherwise. */
const shown = (more: Partial<ExposureRecord> = {}): ExposureRecord => ({
  ...{ id: inviteId(more.at), siteId: newSiteId(), visitorId: newVisitorId() },
  ...{ visitId: makeId('t', noon, randomBytes(10)), at: noon, by: 'rule', ruleId: newRuleId() },
  ...{ heldOut: false, silent: false, variant: null, goal },
  ...more,
})
const store = (...exposures: ExposureRecord[]) => history().exposures.store({ exposures, aftermaths: [] })
const past = (visitorId: ExposureRecord['visitorId'], since = noon) =>
  history().exposures.past(visitorId ?? newVisitorId(), { since, now: noon + minute })

describe('exposures', () => {
  it('T50 are remembered of a visitor, by rule, and how many of them lately', async () => {
    const one = shown()
    const { visitorId, ruleId } = one
    await store(one, shown({ visitorId, ruleId, at: noon - hour, id: inviteId(noon - hour) }))
    await store(shown({ visitorId, ruleId: null, by: 'survey', goal: null }))
    await store(shown({ visitorId, ruleId, heldOut: true }), shown())
    const { said } = await past(visitorId)
    const heard = { ruleId, heldOut: false, silent: false, ever: 2, lately: 1, lastAt: noon }
    expect(said).toHaveLength(3)
    expect(said).toContainEqual(heard)
    expect(said).toContainEqual({ ...heard, heldOut: true, ever: 1 })
    expect(said).toContainEqual({ ...heard, ruleId: null, ever: 1 })
  })

  it('T81 are told of a visitor, the latest first, with what came of each', async () => {
    const one = shown({ variant: 'B' })
    const { visitorId, ruleId } = one
    const before = { visitorId, ruleId, at: noon - hour, heldOut: true, id: inviteId(noon - hour) }
    await store(one, shown(before), shown({ visitorId, ruleId: null, by: 'survey', goal: null }), shown())
    const aftermaths = [{ id: one.id, seenAt: noon + 1, repliedAt: noon + 3 }]
    await history().exposures.store({ exposures: [], aftermaths })
    const came = { seenAt: noon + 1, openedAt: null, repliedAt: noon + 3, goalAt: null }
    const nothing = { seenAt: null, openedAt: null, repliedAt: null, goalAt: null }
    const { exposures } = history()
    const told = await exposures.ofVisitor(visitorId ?? newVisitorId(), 10)
    expect(told).toEqual([
      { ruleId, at: noon, heldOut: false, variant: 'B', ...came },
      { ruleId, at: noon - hour, heldOut: true, variant: null, ...nothing },
    ])
    expect(await exposures.ofVisitor(visitorId ?? newVisitorId(), 1)).toEqual(told.slice(0, 1))
  })

  it('T50 told again are stored once, with what came of them as it first happened', async () => {
    const one = shown()
    const conversationId = newConversationId()
    await store(one)
    const came = { id: one.id, seenAt: noon + 1, repliedAt: noon + 2, conversationId }
    await history().exposures.store({ exposures: [one], aftermaths: [came] })
    await history().exposures.store({ exposures: [], aftermaths: [{ ...came, seenAt: noon + 9 }] })
    const held = await history().erasures.held(one.visitorId ?? newVisitorId())
    const { siteId: _, visitorId: __, ...told } = one
    expect(held?.exposures).toEqual([
      { ...told, seenAt: noon + 1, openedAt: null, repliedAt: noon + 2, goalAt: null, conversationId },
    ])
  })

  it('T53 those whose goal may still be reached are found, and no others', async () => {
    const waiting = shown()
    const { visitorId } = waiting
    const reached = shown({ visitorId })
    const late = shown({ visitorId, goal: { ...goal, withinSeconds: 59 } })
    await store(waiting, reached, late, shown({ visitorId, goal: null }), shown())
    await history().exposures.store({ exposures: [], aftermaths: [{ id: reached.id, goalAt: noon + 1 }] })
    expect((await past(visitorId)).open).toEqual([{ id: waiting.id, at: noon, goal }])
  })

  it('P2 of nobody are tied to nobody, whatever is told of them later', async () => {
    const one = shown({ visitorId: null, visitId: null })
    const { siteId } = one
    await store(one)
    const conversationId = newConversationId()
    const aftermaths = [{ id: one.id, repliedAt: noon, conversationId }]
    await history().exposures.store({ exposures: [], aftermaths })
    const before = { visitsBefore: noon + 1, nobodyBefore: noon }
    expect(await history().exposures.expire(siteId, before, 10)).toBe(0)
    expect(await replied(one)).toBe(1)
  })

  it('P21 P27 of who is erased, or withdraws, leave only a count of nobody', async () => {
    for (const letGo of [history().erasures.erase, history().visits.withdraw]) {
      const one = shown({ at: noon + minute, visitorId: newVisitorId() })
      const { siteId, ruleId, visitorId } = one
      if (!visitorId) return
      await store(one, shown({ siteId, ruleId, visitorId, at: noon + 2 * minute }))
      await letGo(visitorId, noon)
      if (letGo === history().erasures.erase) await store(shown({ siteId, ruleId, visitorId }))
      expect((await past(visitorId)).said).toEqual([])
      const [left, ...more] = await tallies(one)
      expect(left).toMatchObject({ ruleId, n: 1 })
      expect(more).toEqual([])
    }
  })

  it('V69 of a visit that is taken back are gone, and not counted of anybody', async () => {
    const one = shown()
    const { siteId, ruleId, visitorId, visitId } = one
    if (!visitorId || !visitId) return
    await store(one, shown({ siteId, ruleId, visitorId: newVisitorId() }))
    await history().visits.takeBack(visitorId, visitId)
    expect((await past(visitorId)).said).toEqual([])
    expect(await tallies(one)).toMatchObject([{ ruleId, n: 1 }])
  })

  it('P28 forget their visit in time, and are deleted later where they are of nobody', async () => {
    const one = shown()
    const nobody = shown({ siteId: one.siteId, visitorId: null, visitId: null })
    await store(one, nobody, shown({ siteId: one.siteId, at: noon + hour }))
    const { expire } = history().exposures
    expect(await expire(one.siteId, { visitsBefore: noon + 1, nobodyBefore: noon }, 10)).toBe(1)
    expect(await expire(one.siteId, { visitsBefore: noon + 1, nobodyBefore: noon + 1 }, 10)).toBe(1)
    expect(await expire(one.siteId, { visitsBefore: noon + 1, nobodyBefore: noon + 1 }, 10)).toBe(0)
    expect((await past(one.visitorId)).said).toMatchObject([{ ever: 1 }])
  })

  it('V60 the sites of which there is anything are gone through by their ids, each once', async () => {
    const [one, nobody] = [shown(), shown({ visitorId: null, visitId: null })]
    await store(one, shown({ siteId: one.siteId }), nobody)
    const found: SiteId[] = []
    const { nextSite } = history().visits
    for (let id = await nextSite(null); id; id = await nextSite(id)) found.push(id)
    expect(found).toEqual([...new Set(found)].sort())
    expect(found).toEqual(expect.arrayContaining([one.siteId, nobody.siteId]))
  })

  it('T116 can be counted of one segment, as it was at the first time of each', async () => {
    const [siteId, ruleId] = [newSiteId(), newRuleId()]
    const of = (visitorId: ExposureRecord['visitorId'], at: number, ...segments: string[]) =>
      shown({ siteId, ruleId, visitorId, at, ...(segments.length > 0 ? { segments } : {}) })
    const [amir, leila] = [newVisitorId(), newVisitorId()]
    await store(of(amir, noon, 'b', 'a'), of(amir, noon + 1), of(leila, noon), of(leila, noon + 1, 'a'))
    await store(of(null, noon, 'a', 'b'), { ...of(newVisitorId(), noon, 'a'), heldOut: true })
    const period = { from: noon, to: noon + hour, siteId, ruleId }
    const count = async (segment?: string) => {
      const {
        eligible,
        shown: n,
        heldOut,
      } = proactiveReport(await history().exposures.tallies({ ...period, segment }, noon))
      return { eligible, shown: n, heldOut: heldOut.n }
    }
    expect(await count()).toEqual({ eligible: 4, shown: 3, heldOut: 1 })
    expect(await count('a')).toEqual({ eligible: 3, shown: 2, heldOut: 1 })
    expect(await count('b')).toEqual({ eligible: 2, shown: 2, heldOut: 0 })
    expect(await count('c')).toEqual({ eligible: 0, shown: 0, heldOut: 0 })
    const held = await history().erasures.held(amir)
    expect(held?.exposures).toEqual(
      expect.arrayContaining([expect.objectContaining({ segments: ['a', 'b'] })]),
    )
  })

  it('M13 M127 are counted as the definition counts them, whatever was shown to whom', async () => {
    const [siteId, rules] = [newSiteId(), [newRuleId(), newRuleId()]]
    const people = [null, null, ...Array.from({ length: 6 }, () => newVisitorId(noon))]
    const at = fc.nat(3 * hour).map((ms) => noon - hour + ms)
    const [ago, maybe] = [fc.constantFrom(minute / 1_000, 7_200), fc.option(at)]
    const any = fc.record({
      ...{ at, ruleId: fc.constantFrom(...rules), visitorId: fc.constantFrom(...people) },
      ...{ heldOut: fc.boolean(), variant: fc.constantFrom(null, 'B\u200c'), within: fc.option(ago) },
      ...{ seenAt: maybe, openedAt: maybe, repliedAt: maybe, goalAt: maybe },
    })
    const [all = []] = fc.sample(fc.array(any, { minLength: 150, maxLength: 150 }), 1)
    const now = noon + 30 * minute
    const rows = all.map(({ within, seenAt, openedAt, repliedAt, goalAt, heldOut, ...one }) => ({
      exposure: shown({
        ...{ ...one, siteId, heldOut, variant: heldOut ? null : one.variant },
        goal: within === null ? null : { ...goal, withinSeconds: within },
      }),
      came: { ...given({ seenAt, openedAt, repliedAt }), ...given({ goalAt }) },
    }))
    await history().exposures.store({
      exposures: rows.map(({ exposure }) => exposure),
      aftermaths: rows.map(({ exposure, came }) => ({ id: exposure.id, ...came })),
    })
    const period = { from: noon, to: noon + hour, siteId }
    const stored = await history().exposures.tallies(period, now)
    const within = rows.filter(({ exposure }) => exposure.at >= noon && exposure.at < noon + hour)
    const firsts = firstOfEach(within.map(({ exposure, came }) => ({ ...exposure, came })))
    for (const ruleId of rules) {
      const own = firsts.filter((one) => one.ruleId === ruleId)
      const counted = proactiveReport(stored.filter((one) => one.ruleId === ruleId))
      expect(counted).toEqual(proactiveReport(tallied(own.map((one) => asCounted(one, now)))))
      expect(counted.eligible).toBe(own.length)
      const alone = await history().exposures.tallies({ ...period, ruleId }, now)
      expect(proactiveReport(alone)).toEqual(counted)
      await isListed({ ...period, ruleId }, now, counted)
    }
  })
  it('M127 are listed of a segment and of a text by just their names, in parts, at the first time of each', async () => {
    const [siteId, ruleId] = [newSiteId(), newRuleId()]
    const names = ['B', 'b', '50%', '50!', 'a_b', 'acb', '"\\', 'B","goal":1', '\u200c']
    const again = newVisitorId()
    const all = names.flatMap((variant, n) =>
      names.map((segment, m) => shown({ siteId, ruleId, variant, segments: [segment, `${n} ${m}`] })),
    )
    const early = shown({ siteId, ruleId, visitorId: again, at: noon - 1, variant: 'B', segments: ['b'] })
    const late = shown({ siteId, ruleId, visitorId: again, at: noon + 1, variant: 'B', segments: ['B'] })
    const elsewhere = shown({ ruleId, variant: 'B', segments: ['B'] })
    await store(...all, early, late, elsewhere, shown({ ...elsewhere, siteId, by: 'survey', id: inviteId() }))
    const of = (period: Partial<ExposurePeriod>) => ({
      ...{ from: noon - 1, to: noon + 2, siteId, ruleId, ...period },
    })
    for (const name of names) {
      const wanted = { figure: 'shown', variant: name } as const
      const own = all.filter(({ variant, segments }) => variant === name && segments?.includes(name))
      expect(await listed(of({ segment: name }), wanted)).toEqual(own.map(({ id }) => id))
    }
    const shownB = { figure: 'shown', variant: 'B' } as const
    expect(await listed(of({ from: noon, segment: 'B' }), shownB)).toHaveLength(2)
    expect(await listed(of({ siteId: undefined, segment: 'B' }), shownB)).toHaveLength(2)
    const [first = ''] = await listed(of({ from: noon }), { figure: 'eligible' })
    expect(first).toBe(late.id)
    expect(await listed(of({}), { figure: 'eligible' })).toHaveLength(all.length + 1)
  })
})

/** Each figure of a rule has just as many behind it, a few at a time, each once and the latest first. */
async function isListed(
  period: ExposurePeriod & { ruleId: RuleId },
  now: number,
  counted: ProactiveReport,
): Promise<void> {
  for (const figure of invitedFigures)
    for (const variant of isOfShown(figure) ? [undefined, null, 'B\u200c'] : [undefined]) {
      const wanted = { figure, ...(variant === undefined ? {} : { variant }) }
      const ids = await listed(period, wanted, now)
      expect([figure, ids.length]).toEqual([figure, invitedCount(counted, wanted)])
      expect(ids).toEqual([...new Set(ids)].sort().reverse())
    }
}

/** Whom a figure counts, a few at a time. */
async function listed(
  period: ExposurePeriod & { ruleId: RuleId },
  wanted: InvitedWanted,
  now = noon + hour,
): Promise<string[]> {
  const ids: string[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await history().exposures.invited(period, wanted, { limit: 7, cursor, now })
    ids.push(...page.items.map(({ id }) => id))
    if (page.nextCursor === null) return ids
    cursor = page.nextCursor
  }
}

const given = (moments: Record<string, number | null>): Record<string, number> =>
  Object.fromEntries(Object.entries(moments).flatMap(([name, at]) => (at === null ? [] : [[name, at]])))

type Came = ExposureRecord & { came: Record<string, number> }

const asCounted = ({ heldOut, variant, goal: wanted, at, came }: Came, now: number): Exposure => {
  const { seenAt, openedAt, repliedAt, goalAt } = came
  const flags = {
    seen: seenAt !== undefined,
    opened: openedAt !== undefined,
    replied: repliedAt !== undefined,
  }
  const isOpen = wanted !== null && now <= at + wanted.withinSeconds * 1_000
  const outcome = goalAt === undefined ? 'missed' : 'reached'
  return { heldOut, variant, ...flags, goal: wanted === null ? 'none' : isOpen ? 'open' : outcome }
}

const tallies = ({ siteId }: ExposureRecord) =>
  history().exposures.tallies({ from: noon, to: noon + hour, siteId }, noon + hour)

const replied = async (one: ExposureRecord): Promise<number> =>
  (await tallies(one)).reduce((sum, tally) => sum + tally.replied, 0)
