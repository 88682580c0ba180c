import { failure, isRetryable, type Result } from '../../shared/result.ts'
import type { Cause, Job, JobHistory } from '../history/history.ts'
import type { Clock, Log, Random } from './ports.ts'

/** Something to be done after an entry, at least once: whoever it is done to may see the same job again. */
export interface FollowUp extends Cause {
  /**
   * A failure that may pass is tried again, any other is final. Its message is kept and shown, so it holds no
   * secrets. It has to end when `signal` says so, since then another may begin.
   */
  run(job: Job, signal: AbortSignal): Promise<Result<void>>
}

/** Times in ms. */
export const jobTimes = {
  /** A try that takes longer has failed. */
  patience: 30_000,
  /** Longer than the patience, and than clocks of nodes differ: until then nobody else begins it. */
  claim: 120_000,
  firstWait: 1_000,
  longestWait: 3_600_000,
  /** Another node may have died over a job of its own. */
  look: 30_000,
  /** What a stop leaves to those that are under way. */
  stop: 4_000,
} as const
/** With these waits it is given up after some eight hours. */
export const mostAttempts = 20
const atOnce = 8
const errorCharacters = 300

export interface RunnerNeeds {
  jobs: Pick<JobHistory, 'claim' | 'done' | 'failed'>
  followUps: readonly FollowUp[]
  clock: Clock
  random: Random
  log: Log
}

/** Doubles with each attempt; between half of it and all, so that what failed together comes back apart. */
export function waitAfter(attempts: number, share: number): number {
  const { firstWait, longestWait } = jobTimes
  return Math.round(Math.min(longestWait, firstWait * 2 ** (attempts - 1)) * (0.5 + share / 2))
}

/** Does what is due, one node's share of it. */
export class JobRunner {
  private state: 'new' | 'working' | 'stopped' = 'new'
  private readonly running = new Set<Promise<void>>()
  private readonly abort = new AbortController()
  private looking: Promise<void> | null = null
  private lookAgain = false
  private cancelTimer: () => void = () => undefined

  constructor(private readonly needs: RunnerNeeds) {}

  start(): void {
    this.state = 'working'
    this.look()
  }

  /** Now, or once it has looked: what has come meanwhile it may have missed. */
  look(): void {
    if (this.state !== 'working') return
    this.lookAgain = true
    // With its hands full it looks once one is free.
    if (this.running.size < atOnce) this.looking ??= this.lookOn()
  }

  async rest(): Promise<void> {
    while (this.looking || this.running.size > 0) await Promise.all([this.looking, ...this.running])
  }

  async stop(): Promise<void> {
    this.state = 'stopped'
    this.cancelTimer()
    const cancel = this.needs.clock.after(jobTimes.stop, () => this.abort.abort())
    await this.rest()
    cancel()
  }

  private async lookOn(): Promise<void> {
    while (this.lookAgain && this.state === 'working' && this.running.size < atOnce) {
      this.lookAgain = false
      await this.claim()
    }
    this.looking = null
  }

  private async claim(): Promise<void> {
    const { jobs, clock, log } = this.needs
    const now = clock.now()
    this.lookAt(now + jobTimes.look)
    try {
      const limit = atOnce - this.running.size
      const claimed = await jobs.claim({ now, until: now + jobTimes.claim, limit })
      for (const job of claimed.jobs) this.begin(job)
      if (claimed.nextAt !== null) this.lookAt(Math.min(claimed.nextAt, now + jobTimes.look))
    } catch (error) {
      log.warn('jobs:unclaimed', { error: String(error) })
    }
  }

  private lookAt(time: number): void {
    const { clock } = this.needs
    this.cancelTimer()
    if (this.state === 'working')
      this.cancelTimer = clock.after(Math.max(0, time - clock.now()), () => this.look())
  }

  private begin(job: Job): void {
    const run = this.tryOnce(job).catch((error: unknown) => {
      // Its claim runs out, and then it is tried again.
      this.needs.log.warn('job:unsettled', { id: job.id, error: String(error) })
    })
    const tracked = run.finally(() => {
      this.running.delete(tracked)
      this.look()
    })
    this.running.add(tracked)
  }

  private async tryOnce(job: Job): Promise<void> {
    const { jobs, log } = this.needs
    // As often as that, whoever ran it did not live to tell.
    const outcome = job.attempts > mostAttempts ? brokenOff() : await this.run(job)
    if (this.abort.signal.aborted) return
    if (outcome.ok) return jobs.done(job)
    const { code, message } = outcome.error
    const dueAt = isRetryable(code) ? this.nextTry(job) : null
    const { id, attempts } = job
    log.warn(dueAt === null ? 'job:died' : 'job:failed', { id, attempts, code })
    return jobs.failed(job, { error: shortened(`${code}: ${message}`), dueAt })
  }

  private nextTry({ attempts }: Job): number | null {
    const { clock, random } = this.needs
    const share = (random.bytes(1)[0] ?? 0) / 255
    return attempts >= mostAttempts ? null : clock.now() + waitAfter(attempts, share)
  }

  private async run(job: Job): Promise<Result<void>> {
    const { followUps, log } = this.needs
    const followUp = followUps.find(({ kind }) => kind === job.kind)
    if (!followUp) return failure('unsupported', 'This version of the server does not know how to do it.')
    try {
      return await this.inTime((signal) => followUp.run(job, signal))
    } catch (error) {
      log.error('job:surprised', { id: job.id, error })
      const name = error instanceof Error ? error.name : typeof error
      return failure('internal', `Something unexpected happened (${name}). The server’s log says more.`)
    }
  }

  /** Ends it when it takes too long, or when a stop does not wait any longer. */
  private inTime(run: (signal: AbortSignal) => Promise<Result<void>>): Promise<Result<void>> {
    const { clock } = this.needs
    const own = new AbortController()
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        own.abort()
        resolve(failure('unavailable', 'It took too long.'))
      }
      const cancel = clock.after(jobTimes.patience, giveUp)
      this.abort.signal.addEventListener('abort', giveUp, { once: true })
      run(own.signal)
        .then(resolve, reject)
        .finally(() => {
          cancel()
          this.abort.signal.removeEventListener('abort', giveUp)
        })
    })
  }
}

const brokenOff = (): Result<void> =>
  failure('unsupported', 'It was begun again and again, and never came to an end.')

const shortened = (text: string): string => [...text].slice(0, errorCharacters).join('')
