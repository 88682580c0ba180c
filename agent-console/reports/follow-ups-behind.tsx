import { isOverdue, type ToldFollowUp } from '../../shared/follow-up.ts'
import type { FollowUpFigure } from '../../shared/metrics/follow-ups.ts'
import { reportFilters } from '../state/report-view.ts'
import { hrefOf } from '../state/route.ts'
import { useDesk, useDeskState, useWords } from '../ui/context.tsx'
import { dayAndTime } from '../ui/format.ts'
import { visitorName } from '../ui/person.ts'
import type { TextKey } from '../ui/words.ts'
import { type CauseNames, useCauseNames } from './cause-names.tsx'
import { Files } from './files.tsx'
import { NotApplied } from './not-applied.tsx'
import { listHref } from './opens.ts'
import { PagedList } from './paged-list.tsx'
import { ofFollowUps } from './report-query.ts'
import { useScope } from './report-scope.tsx'
import { Said } from './said.tsx'

const names: Record<FollowUpFigure, TextKey> = {
  opened: 'followUpsOpened',
  done: 'followUpsDone',
  overdue: 'followUpsOverdue',
  inTime: 'followUpsInTime',
  decided: 'followUpsDecided',
}

/** Just the follow-ups that a figure counts, as they stand now. */
export function FollowUpsBehind({ figure }: { figure: FollowUpFigure }) {
  const { t } = useWords()
  const { view, query } = useScope()
  const nameOf = useCauseNames()
  const { from, to, site, agent, timeZone } = query
  const { cause, category } = view
  const asked = { ...{ from, to, site, agent, timeZone }, ...{ figure, cause, category } }
  return (
    <section class="card turns" aria-labelledby="turns">
      <h2 id="turns">{t('casesTitle', { name: `${t('followUps')}: ${t(names[figure])}` })}</h2>
      <p class="field-hint">{t('followUpsBehindAbout')}</p>
      <NotApplied
        names={reportFilters.filter((name) => view[name] !== undefined && !ofFollowUps.includes(name))}
        why="followUpsNotApplied"
      />
      <OfCause figure={figure} nameOf={nameOf} />
      <PagedList<ToldFollowUp>
        path="follow-ups"
        query={asked}
        none="noCases"
        shown="casesShown"
        keyOf={({ id }) => id}
        row={(one) => <One one={one} nameOf={nameOf} />}
      />
      <Files isList report="follow-ups" query={asked} />
    </section>
  )
}

function OfCause({ figure, nameOf }: { figure: FollowUpFigure; nameOf: CauseNames }) {
  const { t } = useWords()
  const { view } = useScope()
  const { cause, category } = view
  if (cause === undefined && category === undefined) return null
  const what = [
    ...(cause === undefined ? [] : [nameOf('causes', cause)]),
    ...(category === undefined ? [] : [nameOf('categories', category)]),
  ]
  return (
    <p class="narrowed">
      {t('turnsOnly', { what: what.join(' · ') })}{' '}
      <a href={listHref(view, `followUps.${figure}`)}>{t('casesAll')}</a>
    </p>
  )
}

function One({ one, nameOf }: { one: ToldFollowUp; nameOf: CauseNames }) {
  const words = useWords()
  const { t } = words
  const now = useDesk().now()
  const { conversationId, visitorId, openedAt, dueAt, doneAt, why, cause, category, note } = one
  const overdue = isOverdue(one, now)
  const stands: TextKey = doneAt !== null ? 'followUpDoneAt' : overdue ? 'followUpOverdue' : 'followUpDue'
  return (
    <details class="turn">
      <summary>
        <bdi class="turn-wait">{visitorName(words, { name: one.visitorName, id: visitorId })}</bdi>
        <span class="turn-when">{dayAndTime(words, openedAt)}</span>
        <span class="tag">{t(why === 'rating' ? 'followUpRating' : 'followUpComplaint')}</span>
        <span class={overdue ? 'tag loss' : 'tag'}>
          {t(stands, { when: dayAndTime(words, doneAt ?? dueAt) })}
        </span>
      </summary>
      <dl class="behind-one">
        <Said name={t('owner')} said={<OwnerName one={one} />} />
        <Said name={t('followUpCategory')} said={nameOf('categories', category)} />
        <Said name={t('followUpCause')} said={nameOf('causes', cause)} />
        {note && <Said name={t('followUpNote')} said={<bdi>{note}</bdi>} />}
      </dl>
      <a href={hrefOf({ screen: 'inbox', conversationId })}>{t('openConversation')}</a>
    </details>
  )
}

function OwnerName({ one: { ownerId } }: { one: ToldFollowUp }) {
  const { t } = useWords()
  const name = useDeskState((desk) => desk.colleagues.find(({ id }) => id === ownerId)?.name)
  return <bdi>{ownerId === null ? t('nobody') : (name ?? t('withAgent'))}</bdi>
}
