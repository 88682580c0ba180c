import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createJobs } from '../../../server/domain/jobs.ts'
import { jobTimes, mostAttempts, waitAfter } from '../../../server/domain/jobs-runner.ts'
import { createLog } from '../../../server/log.ts'
import { failure, success } from '../../../shared/result.ts'
import { noon } from '../../support/history-cast.ts'
import { notNow, office, says } from '../../support/job-office.ts'

describe('what follows from an entry', () => {
  it('S30 is done as soon as the entry is stored, and is gone then', async () => {
    const here = await office()
    here.jobs.start()
    await says(here, 'Hello')
    await here.jobs.rest()
    expect(here.tried).toEqual(['Hello'])
    expect(await here.all()).toEqual([])
  })

  it('S30 is done by the next process if the one before ended between, under the same id', async () => {
    const before = await office()
    await says(before, 'Hello')
    const [stored] = await before.all()
    const after = await before.reopen()
    const ids: string[] = []
    after.answerWith(({ id, attempts }) => {
      ids.push(`${id} ${attempts}`)
      return success(undefined)
    })
    after.jobs.start()
    await after.jobs.rest()
    expect(ids).toEqual([`${stored?.id} 1`])
  })

  it('S30 is done again if the process ended over it', async () => {
    const before = await office()
    await says(before, 'Hello')
    const [begun] = (await before.history.jobs.claim({ now: noon, until: noon + 60_000, limit: 1 })).jobs
    const after = await before.reopen()
    after.jobs.start()
    await after.jobs.rest()
    expect(after.tried).toEqual(['Hello'])
    expect(begun?.attempts).toBe(1)
    expect(await after.all()).toEqual([])
  })

  it('S31 is done in order where the earlier one fails, and nobody else waits', async () => {
    const here = await office()
    here.answerWith(({ payload, attempts }) =>
      Object(payload).said === 'One' && attempts < 3
        ? failure('unavailable', 'Not now.')
        : success(undefined),
    )
    here.jobs.start()
    const who = await says(here, 'One')
    await says(here, 'Two', who)
    await says(here, 'Another’s')
    await here.jobs.rest()
    expect(here.tried.toSorted()).toEqual(['Another’s', 'One'])
    await here.after(1_000)
    await here.after(2_000)
    expect(here.tried.slice(-3)).toEqual(['One', 'One', 'Two'])
  })

  it('S31 a hundred at once are all done, some at a time', async () => {
    const here = await office()
    let [now, most] = [0, 0]
    here.answerWith(async () => {
      most = Math.max(most, ++now)
      await new Promise(setImmediate)
      now--
      return success(undefined)
    })
    await Promise.all(Array.from({ length: 100 }, (_, i) => says(here, `${i}`)))
    here.jobs.start()
    await here.jobs.rest()
    expect([here.tried.length, new Set(here.tried).size, most]).toEqual([100, 100, 8])
  })
})

describe('what fails', () => {
  it('S32 is tried again later and later, put aside in the end, and done when it is retried', async () => {
    const here = await office()
    here.answerWith(notNow)
    here.jobs.start()
    await says(here, 'Hello')
    await here.jobs.rest()
    for (let attempt = 1; attempt < mostAttempts; attempt++) {
      const [job] = await here.all('retrying')
      const wait = waitAfter(attempt, 1)
      expect(job).toMatchObject({ attempts: attempt, dueAt: here.clock.now() + wait })
      expect(job?.lastError).toBe('unavailable: Not now.')
      await here.after(wait - 1)
      expect(here.tried).toHaveLength(attempt)
      await here.after(1)
    }
    const [dead] = await here.all('dead')
    expect(dead).toMatchObject({ attempts: mostAttempts, dueAt: null })
    await here.after(24 * jobTimes.longestWait)
    expect(here.tried).toHaveLength(mostAttempts)

    here.answerWith(() => success(undefined))
    if (dead) expect(await here.jobs.retry(dead.id)).toEqual(success(undefined))
    await here.jobs.rest()
    expect(await here.all()).toEqual([])
  })

  it('S32 waits from a second to an hour, spread over half of it', () => {
    expect([1, 2, 3, 12, 13, 20].map((attempts) => waitAfter(attempts, 1))).toEqual([
      ...[1_000, 2_000, 4_000, 2_048_000],
      ...[3_600_000, 3_600_000],
    ])
    expect(waitAfter(13, 0)).toBe(1_800_000)
  })

  it('S32 for good is put aside at once', async () => {
    const here = await office()
    here.answerWith(() => failure('invalid', 'x'.repeat(1_000)))
    here.jobs.start()
    await says(here, 'Hello')
    await here.jobs.rest()
    const [dead] = await here.all('dead')
    expect(dead).toMatchObject({ attempts: 1 })
    expect(dead?.lastError).toHaveLength(300)
  })

  it('S32 P7 by a surprise is tried again, and nothing of what the surprise said is kept', async () => {
    const here = await office()
    const secret = randomBytes(8).toString('hex')
    here.answerWith(() => {
      throw new TypeError(`GET https://hook.example/?key=${secret}`)
    })
    here.jobs.start()
    await says(here, 'Hello')
    await here.jobs.rest()
    const [job] = await here.all('retrying')
    expect(job?.lastError).toContain('TypeError')
    expect(JSON.stringify(job)).not.toContain(secret)
  })

  it('S32 because it takes too long is told to end, and is tried again', async () => {
    const here = await office()
    const begun = new Promise<AbortSignal>((resolve) => {
      here.answerWith((_, signal) => {
        resolve(signal)
        return new Promise(() => undefined)
      })
    })
    here.jobs.start()
    await says(here, 'Hello')
    const signal = await begun
    await here.after(jobTimes.patience)
    expect(signal.aborted).toBe(true)
    expect(await here.all('retrying')).toHaveLength(1)
  })

  it('S32 because nobody knows how to do it any more is put aside', async () => {
    const here = await office()
    await says(here, 'Hello')
    const { clock, history } = here
    const random = { bytes: (length: number) => new Uint8Array(length) }
    const log = createLog({ level: 'error', clock, write: () => undefined })
    const later = createJobs({ jobs: history.jobs, followUps: [], clock, random, log })
    later.start()
    await later.rest()
    expect((await here.all('dead')).map(({ lastError }) => lastError)).toEqual([
      'unsupported: This version of the server does not know how to do it.',
    ])
  })

  it('S32 by ending the process each time is put aside too', async () => {
    const here = await office()
    await says(here, 'Hello')
    for (let i = 0; i < mostAttempts; i++) {
      const now = here.clock.now()
      await here.history.jobs.claim({ now, until: now + 1, limit: 1 })
      here.clock.advance(1)
    }
    here.jobs.start()
    await here.jobs.rest()
    expect(here.tried).toEqual([])
    expect(await here.all('dead')).toHaveLength(1)
  })
})

describe('a stop', () => {
  it('W15 S30 begins nothing any more, and waits for what is under way', async () => {
    const here = await office()
    let finish: () => void = () => undefined
    const begun = new Promise<void>((resolve) => {
      here.answerWith(() => {
        resolve()
        return new Promise((end) => {
          finish = () => end(success(undefined))
        })
      })
    })
    here.jobs.start()
    await says(here, 'One')
    await begun
    const stopped = here.jobs.stop()
    await says(here, 'Two')
    finish()
    await stopped
    expect((await here.all()).map(({ state, payload }) => [state, payload])).toEqual([
      ['waiting', { said: 'Two' }],
    ])
  })

  it('W15 S30 does not wait for ever: what did not end is done by the next process', async () => {
    const before = await office()
    const begun = new Promise<void>((resolve) => {
      before.answerWith(() => {
        resolve()
        return new Promise(() => undefined)
      })
    })
    before.jobs.start()
    await says(before, 'One')
    await begun
    const stopped = before.jobs.stop()
    before.clock.advance(jobTimes.stop)
    await stopped
    const after = await before.reopen()
    after.jobs.start()
    await after.jobs.rest()
    expect(after.tried).toEqual(['One'])
  })
})
