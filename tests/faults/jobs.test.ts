import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import type { Job } from '../../server/history/history.ts'
import { openHistory } from '../../server/history/open.ts'
import { type Client, signIn } from '../support/client.ts'
import type { CrashPoint } from '../support/crash-points.ts'
import { type HouseProcess, startHouse } from '../support/house-process.ts'
import { comeTo } from '../support/house-visitor.ts'
import { startPostgres } from '../support/postgres.ts'
import { aClientId, aToken } from '../support/random.ts'
import { until } from './people/until.ts'

const postgres = await startPostgres()
afterAll(() => postgres.stop())
const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const owner = { email: 'sara@example.com', password: 'correct horse battery' }

interface Home {
  dataDir: string
  databaseUrl: string
}

async function start({ dataDir, databaseUrl }: Home): Promise<HouseProcess> {
  const env = { DATABASE_URL: databaseUrl, AHLAN_OWNER_EMAIL: owner.email }
  const house = await startHouse({
    ...{ command: 'breakable', dataDir },
    env: { ...env, AHLAN_OWNER_PASSWORD: owner.password },
  })
  cleanups.push(() => house.close())
  return house
}

/** A chat worth a rating; answers the conversation and its visitor. */
async function talkIn(house: HouseProcess, sara: Client): Promise<{ id: string; visitorId: string }> {
  const { wire } = await comeTo(house, aToken())
  const say = (text: string) =>
    wire.get('message:send', { clientId: aClientId(), conversationId: null, text })
  await say('Is the blue one still there?')
  const { conversation } = await say('Hello?')
  await sara.send('POST', `/api/v1/conversations/${conversation.id}/messages`, {
    clientId: aClientId(),
    text: 'One is left.',
  })
  const row = await sara.get(`/api/v1/conversations/${conversation.id}`)
  return { id: conversation.id, visitorId: Object(row.json).visitorId }
}

async function jobsLeft({ dataDir, databaseUrl }: Home): Promise<Job[]> {
  const history = await openHistory({ dataDir, databaseUrl: databaseUrl || null, clock: Date })
  const { items } = await history.jobs.list({ limit: 100 })
  await history.close()
  return items
}

describe('kill -9 over what follows from a close', () => {
  it.each<[string, CrashPoint, number]>([
    ['SQLite', 'close:after', 0],
    ['SQLite', 'job:during', 1],
    ['PostgreSQL', 'close:after', 0],
  ])(
    'C6 S30 on %s, at %s: the lock on ratings is stored by the next process',
    async (engine, point, tries) => {
      const dataDir = await mkdtemp(join(tmpdir(), 'ahlan-jobs-'))
      cleanups.push(() => rm(dataDir, { recursive: true, force: true }))
      const home = { dataDir, databaseUrl: engine === 'SQLite' ? '' : await postgres.freshUrl() }
      const house = await start(home)
      const sara = await signIn(house.url, owner)
      const { id, visitorId } = await talkIn(house, sara)
      await house.instruct({ crashAt: point })
      // The answer to it may or may not have left.
      await sara.send('POST', `/api/v1/conversations/${id}/close`).catch((fault: Error) => fault)
      expect(await house.ended).toBe('SIGKILL')

      const left = await jobsLeft(home)
      expect(left.map(({ conversationId, attempts }) => [conversationId, attempts])).toEqual([[id, tries]])
      const [job] = left
      expect(job?.id).toMatch(/^c_\w+\.\d+\.\d+\.survey:lock$/)

      const next = await start(home)
      const back = await signIn(next.url, owner)
      const jobs = async () => Object((await back.get('/api/v1/jobs')).json).items
      await until(async () => (await jobs()).length === 0, { otherwise: () => next.log() })
      const { visitor } = Object((await back.get(`/api/v1/visitors/${visitorId}`)).json)
      expect(Date.parse(visitor.surveyedAt)).toBe(job?.createdAt)
    },
  )
})
