import { useState } from 'preact/hooks'
import type { JobCounts, JobRow } from '../../shared/job.ts'
import type { List } from '../connection/api.ts'
import { hrefOf } from '../state/route.ts'
import { useDesk, useSurroundings, useWords } from '../ui/context.tsx'
import { dayAndTime, figure } from '../ui/format.ts'
import { type Loaded, useLoaded, useNow } from '../ui/hooks.tsx'
import { Empty, Fault, Skeleton } from '../ui/parts.tsx'
import { jobNames, jobStates } from './jobs.ts'

interface JobList extends List<JobRow> {
  counts: JobCounts
}

/** How often it looks again while somebody looks at it. */
const refresh = 10_000

/** What follows from chats and is not done yet. */
export function SystemSection() {
  const { t } = useWords()
  const { api } = useSurroundings()
  const desk = useDesk()
  const tick = useNow(desk.now, refresh)
  const dead = useLoaded(`dead ${tick}`, () => api.get<JobList>('/jobs', { state: 'dead' }))
  const retrying = useLoaded(`retrying ${tick}`, () => api.get<JobList>('/jobs', { state: 'retrying' }))
  const again = () => {
    dead.again()
    retrying.again()
  }
  if (dead.value === null || retrying.value === null)
    return dead.failed || retrying.failed ? (
      <Fault text={t('couldNotLoad')} again={again} />
    ) : (
      <Skeleton rows={3} />
    )
  const { counts } = retrying.value
  const nothing = Object.values(counts).every((n) => n === 0)
  return (
    <div class="settings">
      {(dead.failed || retrying.failed) && <Fault text={t('couldNotLoad')} again={again} />}
      <section class="card" aria-labelledby="jobs-title">
        <h2 id="jobs-title">{t('jobsTitle')}</h2>
        <p class="card-about">{t('jobsAbout')}</p>
        <Counts counts={counts} />
        {nothing && <Empty icon="check" title={t('jobsNone')} />}
      </section>
      <Jobs title={t('jobsDead')} jobs={dead} onChanged={again} />
      <Jobs title={t('jobsRetrying')} jobs={retrying} onChanged={again} />
    </div>
  )
}

function Counts({ counts }: { counts: JobCounts }) {
  const words = useWords()
  return (
    <dl class="job-counts">
      {jobStates.map(({ state, text }) => (
        <div key={state}>
          <dt>{words.t(text)}</dt>
          <dd>{figure(words, counts[state])}</dd>
        </div>
      ))}
    </dl>
  )
}

function Jobs({ title, jobs, onChanged }: { title: string; jobs: Loaded<JobList>; onChanged: () => void }) {
  const { t } = useWords()
  const items = jobs.value?.items ?? []
  if (items.length === 0) return null
  return (
    <section class="card" aria-label={title}>
      <h2>{title}</h2>
      <ul class="accounts">
        {items.map((job) => (
          <li key={job.id}>
            <OneJob job={job} onChanged={onChanged} />
          </li>
        ))}
      </ul>
      {jobs.value?.nextCursor && <p class="quiet-words">{t('jobsMore')}</p>}
    </section>
  )
}

function OneJob({ job, onChanged }: { job: JobRow; onChanged: () => void }) {
  const words = useWords()
  const { t, count } = words
  const { api } = useSurroundings()
  const [failed, setFailed] = useState(false)
  const act = async (method: 'POST' | 'DELETE', path: string) => {
    const answer = await api.send(method, `/jobs/${encodeURIComponent(job.id)}${path}`)
    setFailed(!answer.ok)
    onChanged()
  }
  const name = jobNames.get(job.kind)
  return (
    <div class="account">
      <div class="account-words">
        <p class="account-name">{name ? t(name) : <bdi dir="ltr">{job.kind}</bdi>}</p>
        <p class="quiet-words">
          {count('jobAttempts', job.attempts)} · {dayAndTime(words, job.createdAt)} ·{' '}
          <a href={hrefOf({ screen: 'inbox', conversationId: job.conversationId })}>
            {t('openConversation')}
          </a>
        </p>
        {job.lastError && (
          <p class="job-error">
            <bdi dir="auto">{job.lastError}</bdi>
          </p>
        )}
        {job.state === 'retrying' && job.dueAt !== null && (
          <p class="quiet-words">{t('jobNext', { time: dayAndTime(words, job.dueAt) })}</p>
        )}
      </div>
      {failed && (
        <span class="inline-fault" role="alert">
          {t('notDone')}
        </span>
      )}
      <button type="button" class="button quiet" onClick={() => void act('POST', '/retry')}>
        {t('jobRetry')}
      </button>
      <button type="button" class="button quiet" onClick={() => void act('DELETE', '')}>
        {t('jobDiscard')}
      </button>
    </div>
  )
}
