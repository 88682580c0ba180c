import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createJobs, type LiveJobs } from '../../server/domain/jobs.ts'
import type { FollowUp } from '../../server/domain/jobs-runner.ts'
import type { History, Job } from '../../server/history/history.ts'
import { openHistory } from '../../server/history/open.ts'
import { createLog } from '../../server/log.ts'
import type { JobState } from '../../shared/job.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import { handClock } from './clock.ts'
import { noon, scene, taken } from './history-cast.ts'

/** What becomes of a job; throws where a test wants it to. */
type Answer = (job: Job, signal: AbortSignal) => Promise<Result<void>> | Result<void>

/** A store, somebody who tells what is written in it, and time moved by hand. */
export interface Office {
  jobs: LiveJobs
  history: History
  clock: ReturnType<typeof handClock>
  /** The texts that were told, in order, each time they were tried. */
  tried: string[]
  log: string[]
  answerWith(answer: Answer): void
  all(state?: JobState): Promise<Job[]>
  /** Moves time on until this and whatever fell due before has been tried. */
  after(ms: number): Promise<void>
  /** Another process on the same data: the one before has ended. */
  reopen(): Promise<Office>
}

async function openOffice(dataDir: string, clock = handClock(noon)): Promise<Office> {
  const history = await openHistory({ dataDir, clock })
  const tried: string[] = []
  const log: string[] = []
  let answer: Answer = () => success(undefined)
  const followUp: FollowUp = {
    kind: 'test:told',
    wants: (entry) => (entry.kind === 'message' ? { said: entry.text } : null),
    run: async (job, signal) => {
      tried.push(String(Object(job.payload).said))
      return answer(job, signal)
    },
  }
  const jobs = createJobs({
    ...{ jobs: history.jobs, followUps: [followUp], clock },
    random: { bytes: (length) => new Uint8Array(length).fill(255) },
    log: createLog({ level: 'debug', clock, write: (line) => log.push(line) }),
  })
  let isOpen = true
  const close = async () => {
    if (isOpen) await history.close()
    isOpen = false
  }
  onTestFinished(close)
  return {
    ...{ jobs, history, clock, tried, log },
    answerWith: (next) => {
      answer = next
    },
    all: async (state) => (await history.jobs.list({ limit: 100, ...(state ? { state } : {}) })).items,
    async after(ms) {
      clock.advance(ms)
      await jobs.rest()
    },
    async reopen() {
      await close()
      return openOffice(dataDir, clock)
    },
  }
}

export async function office(): Promise<Office> {
  const dataDir = await mkdtemp(join(tmpdir(), 'ahlan-jobs-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  return openOffice(dataDir)
}

export const says = async ({ history, clock }: Office, text: string, who = scene(history)) => {
  taken(await who.says(text, clock.now()))
  return who
}
export const notNow: Answer = () => failure('unavailable', 'Not now.')
