import type { JobState } from '../../shared/job.ts'
import type { TextKey } from '../ui/words.ts'

/** What a job is called; one of a newer server goes by its kind. */
export const jobNames: ReadonlyMap<string, TextKey> = new Map([['survey:lock', 'jobSurveyLock']])

export const jobStates: readonly { state: JobState; text: TextKey }[] = [
  { state: 'waiting', text: 'jobsWaiting' },
  { state: 'running', text: 'jobsRunning' },
  { state: 'retrying', text: 'jobsRetrying' },
  { state: 'dead', text: 'jobsDead' },
]
