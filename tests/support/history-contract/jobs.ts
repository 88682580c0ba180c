import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Cause, Job } from '../../../server/history/history.ts'
import type { JobState } from '../../../shared/job.ts'
import { minute, newClientId, noon, type Scene, scene, taken } from '../history-cast.ts'
import { history } from './held.ts'

/** Every visible message of a visitor is told to somebody, and the words “and again” twice. */
const told: Cause = {
  kind: 'test:told',
  wants: (entry) =>
    entry.kind === 'message' && entry.author.kind === 'visitor' ? { said: entry.text } : null,
}
const echoed: Cause = {
  kind: 'test:echoed',
  wants: (entry) =>
    entry.kind === 'message' && entry.text.includes('and again') ? { seq: entry.seq } : null,
}

let caused = 0
beforeEach(() => {
  caused = 0
  history().jobs.follow([told, echoed], () => caused++)
})
afterEach(async () => {
  history().jobs.follow([], () => undefined)
  for (const { id } of await all()) await history().jobs.discard(id)
  await claim(noon * 2)
  for (const { id, attempts } of await all()) await history().jobs.done({ id, attempts })
})

const all = async (state?: JobState): Promise<Job[]> =>
  (await history().jobs.list({ limit: 100, ...(state ? { state } : {}) })).items
const claim = async (now = noon, limit = 100): Promise<Job[]> =>
  (await history().jobs.claim({ now, until: now + minute, limit })).jobs
const only = (jobs: Job[]): Job => {
  const [job] = jobs
  if (!job || jobs.length > 1) throw new Error(`There are ${jobs.length} jobs.`)
  return job
}
const says = async (who: Scene, text: string, at = noon) => taken(await who.says(text, at)).conversation

describe('jobs', () => {
  it('S30 are stored with the entry that causes them, under an id that says which', async () => {
    const { id, seq } = await says(scene(history()), 'Hello\u0000')
    expect(caused).toBe(1)
    expect(await all()).toEqual([
      {
        ...{ id: `${id}.${seq}.${noon}.test:told`, kind: 'test:told', conversationId: id, state: 'waiting' },
        ...{ attempts: 0, createdAt: noon, dueAt: noon, lastError: null, payload: { said: 'Hello\u0000' } },
      },
    ])
  })

  it('S30 do not follow twice from a message that is sent twice, nor from what causes none', async () => {
    const who = scene(history())
    const clientId = newClientId()
    const { conversation } = taken(await who.says('Hello', noon, clientId))
    await who.says('Hello', noon, clientId)
    await who.answers(conversation.id, 'Hi')
    expect(await all()).toHaveLength(1)
    expect(caused).toBe(1)
  })

  it('S31 are handed to one at a time, and counted', async () => {
    await says(scene(history()), 'Hello')
    const claims = await Promise.all(Array.from({ length: 5 }, () => claim()))
    expect(claims.flat()).toHaveLength(1)
    expect(await history().jobs.count()).toEqual({ waiting: 0, running: 1, retrying: 0, dead: 0 })
    const job = only(claims.flat())
    expect(job).toMatchObject({ state: 'running', attempts: 1, dueAt: noon + minute })
    await history().jobs.done(job)
    expect(await all()).toEqual([])
  })

  it('S30 that were begun and not ended are due again when their claim has run out', async () => {
    await says(scene(history()), 'Hello')
    const first = only(await claim())
    expect(await history().jobs.claim({ now: noon + 1, until: noon + 2, limit: 9 })).toEqual({
      jobs: [],
      nextAt: noon + minute,
    })
    const second = only(await claim(noon + minute))
    expect([second.id, second.attempts]).toEqual([first.id, 2])
    // Whoever had it first has nothing to say about it any more.
    await history().jobs.done(first)
    await history().jobs.failed(first, { error: 'late', dueAt: null })
    expect(only(await all())).toMatchObject({ state: 'running', attempts: 2, lastError: null })
  })

  it('S31 of one conversation and kind wait for the earlier, while it is tried again too', async () => {
    const who = scene(history())
    await says(who, 'One')
    await says(who, 'Two and again')
    await says(scene(history()), 'Another’s')
    const first = await claim()
    expect(first.map(({ payload }) => JSON.stringify(payload)).sort()).toEqual([
      '{"said":"Another’s"}',
      '{"said":"One"}',
      '{"seq":2}',
    ])
    for (const job of first)
      await history().jobs.failed(job, { error: 'unavailable: not now', dueAt: noon + minute })
    expect(await claim()).toEqual([])
    for (const job of await claim(noon + minute)) await history().jobs.done(job)
    expect(only(await claim()).payload).toEqual({ said: 'Two and again' })
  })

  it('S32 that are dead keep their fault, hold up nobody, and can be retried or discarded', async () => {
    const { jobs } = history()
    const who = scene(history())
    await says(who, 'One')
    await says(who, 'Two')
    const first = only(await claim())
    expect(await jobs.retry(first.id, noon)).toBe(false)
    expect(await jobs.discard(first.id)).toBe(false)
    await jobs.failed(first, { error: 'invalid: \u0000 “no”', dueAt: null })
    expect(only(await all('dead'))).toMatchObject({ dueAt: null, lastError: 'invalid: \u0000 “no”' })
    const second = only(await claim())
    await jobs.done(second)
    expect(await jobs.retry(first.id, noon + minute)).toBe(true)
    expect(only(await all('waiting'))).toMatchObject({ id: first.id, attempts: 0, dueAt: noon + minute })
    expect(await jobs.discard(first.id)).toBe(true)
    expect(await jobs.discard(first.id)).toBe(false)
  })

  it('S33 are listed by age, a page at a time', async () => {
    for (const at of [3, 1, 2]) await says(scene(history()), `${at}`, noon + at)
    const first = await history().jobs.list({ state: 'waiting', limit: 2 })
    const second = await history().jobs.list({ limit: 2, cursor: first.nextCursor ?? '' })
    expect([...first.items, ...second.items].map(({ createdAt }) => createdAt - noon)).toEqual([1, 2, 3])
    expect(second.nextCursor).toBeNull()
    expect((await history().jobs.list({ limit: 2, cursor: 'x' })).items).toEqual([])
  })
})
