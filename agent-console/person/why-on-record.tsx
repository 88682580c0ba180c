import type { VisitorId } from '../../shared/ids.ts'
import type { WhyOnRecord as Answer, Because, PastExposure, RecordedWhy } from '../../shared/triggers/why.ts'
import { useDesk, useSurroundings, useWords } from '../ui/context.tsx'
import { listTime } from '../ui/format.ts'
import { useLoaded } from '../ui/hooks.tsx'
import { Fault, Skeleton } from '../ui/parts.tsx'
import type { TextKey, Words } from '../ui/words.ts'
import { Findings, sayBecause } from './findings.tsx'
import { WhyPart } from './why-part.tsx'

/** Each proactive message and somebody who has left: what is on record of it, said to be only that. */
export const WhyOnRecord = ({ visitorId }: { visitorId: VisitorId }) => (
  <WhyPart>
    <Rules visitorId={visitorId} />
  </WhyPart>
)

function Rules({ visitorId }: { visitorId: VisitorId }) {
  const words = useWords()
  const { t } = words
  const { api } = useSurroundings()
  const { now } = useDesk()
  const path = `/visitors/${visitorId}/why`
  const { value, failed, missing, again } = useLoaded(path, () => api.get<Answer>(path))
  if (missing) return <p class="panel-quiet">{t('whyGone')}</p>
  if (!value) return failed ? <Fault text={t('couldNotLoad')} again={again} /> : <Skeleton rows={2} />
  if (value.items.length === 0) return <p class="panel-quiet">{t('whyNone')}</p>
  return (
    <>
      <p class="panel-quiet why-record">
        {value.at === null ? t('whyNoRecord') : t('whyRecord', { time: listTime(words, value.at, now()) })}
      </p>
      <ul class="whys">
        {value.items.map((why) => (
          <li key={why.ruleId}>
            <Rule why={why} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Rule({ why }: { why: RecordedWhy }) {
  const words = useWords()
  const { because, record } = why
  return (
    <details class="why">
      <summary>
        <bdi class="why-name">{why.name}</bdi>
        <span class={record.shown > 0 ? 'why-because why-shown' : 'why-because'}>
          {record.shown > 0 ? words.count('whyShownTimes', record.shown) : sayThen(words, because)}
        </span>
      </summary>
      {record.last && <Last last={record.last} />}
      {record.shown > 0 && because !== 'shown' && <p class="panel-quiet">{sayThen(words, because)}</p>}
      <Findings findings={why.findings} past />
    </details>
  )
}

/** What was not recorded will not be known any more. */
function sayThen(words: Words, because: Because): string {
  if (because === 'shown') return words.t('whyThenShown')
  return because === 'undecided' ? words.t('pastUnrecorded') : sayBecause(words, because)
}

const came: [keyof PastExposure, TextKey][] = [
  ['seenAt', 'outcomeSeen'],
  ['openedAt', 'outcomeOpened'],
  ['repliedAt', 'outcomeReplied'],
  ['goalAt', 'outcomeGoal'],
]

/** The last time, and what came of it. */
function Last({ last }: { last: PastExposure }) {
  const words = useWords()
  const { t } = words
  const { now } = useDesk()
  const time = listTime(words, last.at, now())
  const parts = came.filter(([name]) => last[name] !== null).map(([, text]) => t(text))
  return (
    <p class="panel-quiet">
      {[t(last.heldOut ? 'whyHeldOut' : 'whySpoke', { time }), ...parts].join(' · ')}
      {last.variant && (
        <>
          {' · '}
          <bdi>{last.variant}</bdi>
        </>
      )}
    </p>
  )
}
