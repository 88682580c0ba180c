import type { JobId } from '../../shared/job.ts'
import { failure, success } from '../../shared/result.ts'
import type { JobHistory } from '../history/history.ts'
import type { Jobs } from './domain.ts'
import { JobRunner, type RunnerNeeds } from './jobs-runner.ts'

export interface LiveJobs extends Jobs {
  /** From now on what is due is done. */
  start(): void
  /** Begins nothing any more, and resolves when nothing is under way, or it has been told to end. */
  stop(): Promise<void>
  /** Resolves when all that was due has been tried. */
  rest(): Promise<void>
}

export interface JobNeeds extends RunnerNeeds {
  jobs: JobHistory
}

export function createJobs(needs: JobNeeds): LiveJobs {
  const runner = new JobRunner(needs)
  const { jobs, followUps, clock } = needs
  jobs.follow(followUps, () => runner.look())
  return {
    list: (query) => jobs.list(query),
    count: () => jobs.count(),
    async retry(id: JobId) {
      if (!(await jobs.retry(id, clock.now()))) return idle()
      runner.look()
      return success(undefined)
    },
    discard: async (id) => ((await jobs.discard(id)) ? success(undefined) : idle()),
    start: () => runner.start(),
    stop: () => runner.stop(),
    rest: () => runner.rest(),
  }
}

const idle = () => failure('not_found', 'There is no such job, or it is being done just now.')
