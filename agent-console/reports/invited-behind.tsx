import type { RuleId } from '../../shared/ids.ts'
import type { Invited, InvitedFigure } from '../../shared/metrics/invited.ts'
import { reportFilters } from '../state/report-view.ts'
import { hrefOf } from '../state/route.ts'
import { useDesk, useSurroundings, useWords } from '../ui/context.tsx'
import { dayAndTime, momentToSecond } from '../ui/format.ts'
import { useLoaded } from '../ui/hooks.tsx'
import { visitorName } from '../ui/person.ts'
import type { TextKey } from '../ui/words.ts'
import { Files } from './files.tsx'
import { NotApplied } from './not-applied.tsx'
import { listHref } from './opens.ts'
import { PagedList } from './paged-list.tsx'
import { ofInvitations } from './report-query.ts'
import { useScope } from './report-scope.tsx'
import { Said } from './said.tsx'

const names: Record<InvitedFigure, TextKey> = {
  eligible: 'outcomeEligible',
  heldOut: 'outcomeLeftOut',
  heldOutOver: 'invitedHeldOutOver',
  heldOutReached: 'invitedHeldOutReached',
  heldOutOpen: 'invitedHeldOutOpen',
  shown: 'outcomeShown',
  seen: 'outcomeSeen',
  opened: 'outcomeOpened',
  replied: 'outcomeReplied',
  over: 'invitedOver',
  reached: 'outcomeGoal',
  open: 'invitedOpen',
}

/** Just the visitors that a figure of a rule counts, with when each step came. */
export function InvitedBehind({ figure }: { figure: InvitedFigure }) {
  const { t } = useWords()
  const { view, query } = useScope()
  const { from, to, site, segment, timeZone } = query
  const { rule, variant } = view
  if (rule === undefined) return <p class="card not-enough">{t('noCases')}</p>
  const asked = { ...{ from, to, site, segment, timeZone }, ...{ figure, rule, variant } }
  return (
    <section class="card turns" aria-labelledby="turns">
      <h2 id="turns">{t('casesTitle', { name: t(names[figure]) })}</h2>
      <p class="field-hint">{t('invitedAbout')}</p>
      <NotApplied
        names={reportFilters.filter((name) => view[name] !== undefined && !ofInvitations.includes(name))}
        why="proactiveNotApplied"
      />
      <OfRule rule={rule} figure={figure} />
      <PagedList<Invited>
        path="proactive/visitors"
        query={asked}
        none="noCases"
        shown="casesShown"
        keyOf={({ id }) => id}
        row={(one) => <One one={one} />}
      />
      <Files isList report="proactive/visitors" query={asked} />
    </section>
  )
}

function OfRule({ rule, figure }: { rule: RuleId; figure: InvitedFigure }) {
  const { t } = useWords()
  const { view } = useScope()
  const { api } = useSurroundings()
  const found = useLoaded(rule, () => api.get<{ name: string }>(`/rules/${rule}`))
  const { variant } = view
  return (
    <p class="narrowed">
      <bdi>{found.value?.name ?? (found.missing ? t('removedRule') : '')}</bdi>
      {variant !== undefined && (
        <>
          {' · '}
          <bdi>{variant || t('outcomeOwnText')}</bdi>{' '}
          <a href={listHref(view, `invited.${figure}`, { rule })}>{t('casesAll')}</a>
        </>
      )}
    </p>
  )
}

const steps = [
  ['seenAt', 'outcomeSeen'],
  ['openedAt', 'outcomeOpened'],
  ['repliedAt', 'outcomeReplied'],
  ['goalAt', 'outcomeGoal'],
] as const satisfies readonly (readonly [keyof Invited, TextKey])[]

function One({ one }: { one: Invited }) {
  const words = useWords()
  const { t } = words
  const { at, heldOut, variant, conversationId, visitorId, id, dueAt } = one
  const isRunning = dueAt !== null && dueAt >= useDesk().now()
  return (
    <details class="turn">
      <summary>
        <bdi class="turn-wait">{visitorName(words, { name: null, id: visitorId ?? id })}</bdi>
        <span class="turn-when">{dayAndTime(words, at)}</span>
        {heldOut && <span class="tag">{t('outcomeLeftOut')}</span>}
        {steps.map(
          ([step, name]) =>
            one[step] !== null && (
              <span key={step} class="tag">
                {t(name)}
              </span>
            ),
        )}
        {isRunning && <span class="tag">{t('invitedOpen')}</span>}
      </summary>
      <dl class="behind-one">
        <Said name={t('outcomeEligible')} said={momentToSecond(words, at)} />
        {steps.map(([step, name]) => {
          const then = one[step]
          return then === null ? null : <Said key={step} name={t(name)} said={momentToSecond(words, then)} />
        })}
        {dueAt !== null && <Said name={t('invitedGoalEnds')} said={momentToSecond(words, dueAt)} />}
        {!heldOut && <Said name={t('outcomeText')} said={<bdi>{variant ?? t('outcomeOwnText')}</bdi>} />}
      </dl>
      {conversationId !== null && (
        <a href={hrefOf({ screen: 'inbox', conversationId })}>{t('openConversation')}</a>
      )}
    </details>
  )
}
