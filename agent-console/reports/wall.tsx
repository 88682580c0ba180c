import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { AgentId, SiteId } from '../../shared/ids.ts'
import type { Inbox } from '../../shared/inbox.ts'
import { times } from '../../shared/limits.ts'
import type { Overview } from '../../shared/metrics/overview.ts'
import { inCalendar } from '../ui/calendars.ts'
import { ProvideSurroundings, useDesk, useDeskState, useSurroundings, useWords } from '../ui/context.tsx'
import { clockTime, duration, figure, roughly, share, urgency, wholeDay } from '../ui/format.ts'
import { useLoaded, useNow } from '../ui/hooks.tsx'
import { Icon } from '../ui/icons.tsx'
import { enoughRatings } from './figures.ts'
import { calendarOfLocale, dayAt, ownZone, readerOf } from './period.ts'
import { queryOf } from './report-query.ts'

/** How it stands now, in figures to be read from across a room. */
export function Wall({ site }: { site: SiteId | null }) {
  const surroundings = useSurroundings()
  const { words } = surroundings
  const { t } = words
  const [light, setLight] = useState(false)
  const lost = useDeskState((desk) => desk.ready && desk.connection.name !== 'live')
  useLeaving()
  return (
    <ProvideSurroundings
      value={{ ...surroundings, words: inCalendar(words, calendarOfLocale(words.locale), ownZone()) }}
    >
      <main class={light ? 'wall wall-light' : 'wall'} aria-label={t('wall')}>
        <header class="wall-head">
          <Today />
          {lost && (
            <p class="wall-lost" role="status">
              <Icon name="cloud" />
              {t('wallLost')}
            </p>
          )}
          <span class="wall-ways">
            <button type="button" class="button quiet" onClick={() => setLight(!light)}>
              {t(light ? 'themeDark' : 'themeLight')}
            </button>
            <a class="button quiet" href="#/reports" title={t('wallLeave')}>
              {t('wallLeaveButton')}
            </a>
          </span>
        </header>
        <div class="wall-figures">
          <Waiting site={site} />
          <Online site={site} />
          <SoFar site={site} />
        </div>
      </main>
    </ProvideSurroundings>
  )
}

/** Nobody looks for a button on a screen that hangs on a wall. */
function useLeaving(): void {
  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      if (event.key === 'Escape') location.hash = '#/reports'
    }
    document.addEventListener('keydown', leave)
    return () => document.removeEventListener('keydown', leave)
  }, [])
}

function Today() {
  const words = useWords()
  const now = useNow(useDesk().now, 10_000)
  return (
    <h1 class="wall-today">
      <span>{wholeDay(words, now)}</span> <span>{clockTime(words, now)}</span>
    </h1>
  )
}

interface BigProps {
  name: string
  value: string
  note?: ComponentChildren
  level?: string
}

/** So many characters have room for larger ones. */
const few = 4

const Big = ({ name, value, note, level = '' }: BigProps) => (
  <section class={`wall-figure ${level}`}>
    <h2>{name}</h2>
    <p class={value.length > few ? 'wall-value' : 'wall-value wall-short'}>{value}</p>
    <p class="wall-note">{note}</p>
  </section>
)

/** Of those who wait, since when; of one site or of all. */
export const waitsIn = (inbox: Inbox, site: SiteId | null): number[] =>
  [...inbox.values()].flatMap(({ conversation: { status, waitingSince, siteId } }) =>
    status === 'open' && waitingSince !== null && (site === null || siteId === site) ? [waitingSince] : [],
  )

function Waiting({ site }: { site: SiteId | null }) {
  const words = useWords()
  const { t } = words
  const now = useNow(useDesk().now)
  const inbox = useDeskState((desk) => desk.inbox)
  const all = useDeskState((desk) => desk.totals.waiting)
  const waits = waitsIn(inbox, site)
  // Where more are open than were brought here, the server's count is the right one.
  const count = site === null ? Math.max(all, waits.length) : waits.length
  const longest = waits.length > 0 ? Math.max(0, now - Math.min(...waits)) : null
  const over = t('longerThan', { time: roughly(words, times.responseTarget) })
  const level = longest === null ? '' : `wall-${urgency(longest, times.responseTarget)}`
  return (
    <>
      <Big name={t('wallWaiting')} value={figure(words, count)} note={count === 0 && t('wallNobody')} />
      <Big
        name={t('wallLongest')}
        value={longest === null ? '–' : duration(words, longest)}
        note={longest !== null && longest >= times.responseTarget && over}
        level={level}
      />
    </>
  )
}

/** Who of those there has a chat of the site now. */
export const haveIn = (inbox: Inbox, site: SiteId): Set<AgentId | null> =>
  new Set(
    [...inbox.values()].flatMap(({ conversation: { status, assigneeId, siteId } }) =>
      status === 'open' && siteId === site ? [assigneeId] : [],
    ),
  )

/** Whoever is there may answer on every site: of one site it is told how many of them are at it. */
function Online({ site }: { site: SiteId | null }) {
  const words = useWords()
  const inbox = useDeskState((desk) => desk.inbox)
  const hasMore = useDeskState((desk) => desk.sites.length > 1)
  const there = useDeskState((desk) => desk.colleagues).filter(
    ({ status, role }) => status === 'online' && role !== 'viewer',
  )
  const isOfOne = site !== null && hasMore
  const here = site === null ? there : there.filter(({ id }) => haveIn(inbox, site).has(id))
  const names = here.slice(0, 6).map(({ name }) => name)
  const note = isOfOne ? [words.count('wallHaveHere', here.length), ...names] : names
  return (
    <Big
      name={words.t(isOfOne ? 'wallOnlineHere' : 'wallOnline')}
      value={figure(words, there.length)}
      note={note.join(' · ')}
    />
  )
}

/** What the day has come to. Asked for anew when something has happened, and not too often. */
function SoFar({ site }: { site: SiteId | null }) {
  const words = useWords()
  const { t, count } = words
  const { api } = useSurroundings()
  const now = useNow(useDesk().now, 60_000)
  const view = { period: 'today' as const, site: site ?? undefined }
  const reader = readerOf(view, words.locale, ownZone())
  const news = useNews()
  const { value } = useLoaded(`${news} ${site} ${dayAt(reader.zone, now)}`, () =>
    api.get<Overview>('/reports/overview', { ...queryOf(view, reader, now) }),
  )
  if (value === null) return null
  const { firstResponse, csat } = value
  return (
    <>
      <Big
        name={t('wallFirstResponse')}
        value={firstResponse.p50 === null ? '–' : duration(words, firstResponse.p50)}
        note={firstResponse.n > 0 && count('wallMedianOf', firstResponse.n)}
      />
      <Big
        name={t('wallCsat')}
        value={csat.score === null ? '–' : share(words, csat.score)}
        note={count('ofRatings', csat.answered)}
        level={csat.answered < enoughRatings ? 'wall-few' : ''}
      />
    </>
  )
}

const atMostEvery = 15_000

/** Counts, at most four times a minute, that something has happened in some conversation. */
function useNews(): number {
  const inbox = useDeskState((desk) => desk.inbox)
  const [news, setNews] = useState(0)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const seen = useRef(inbox)
  useEffect(() => {
    if (seen.current === inbox || timer.current !== null) return
    timer.current = setTimeout(() => {
      timer.current = null
      setNews((count) => count + 1)
    }, atMostEvery)
    seen.current = inbox
  }, [inbox])
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current)
    },
    [],
  )
  return news
}
