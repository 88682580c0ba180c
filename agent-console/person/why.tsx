import { useState } from 'preact/hooks'
import type { VisitId } from '../../shared/ids.ts'
import type { RuleWhy } from '../../shared/triggers/why.ts'
import { everyPage } from '../connection/api.ts'
import { useDesk, useSurroundings, useWords } from '../ui/context.tsx'
import { listTime } from '../ui/format.ts'
import { useLoaded, useNow } from '../ui/hooks.tsx'
import { Fault, Skeleton } from '../ui/parts.tsx'
import { Findings, sayBecause } from './findings.tsx'
import { WhyPart } from './why-part.tsx'

/** ms; rules wait for seconds, not for less. */
const askEvery = 3_000

/** Each proactive message: why it is shown to this visitor, or is not. Asked for only while it is open. */
export const Why = ({ visitId }: { visitId: VisitId }) => (
  <WhyPart>
    <Rules visitId={visitId} />
  </WhyPart>
)

function Rules({ visitId }: { visitId: VisitId }) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const turn = Math.floor(useNow(useDesk().now, askEvery) / askEvery)
  const [pages, setPages] = useState(1)
  const { value, failed, missing, again } = useLoaded(`${visitId} ${turn} ${pages}`, () =>
    everyPage<RuleWhy>(api, `/visitors/live/${visitId}/why`, {}, pages),
  )
  if (missing) return <p class="panel-quiet">{t('whyGone')}</p>
  if (!value) return failed ? <Fault text={t('couldNotLoad')} again={again} /> : <Skeleton rows={2} />
  if (value.items.length === 0) return <p class="panel-quiet">{t('whyNone')}</p>
  return (
    <>
      <ul class="whys">
        {value.items.map((why) => (
          <li key={why.ruleId}>
            <Rule why={why} />
          </li>
        ))}
      </ul>
      {value.nextCursor !== null && (
        <button type="button" class="button quiet" onClick={() => setPages(pages + 1)}>
          {t('whyMore')}
        </button>
      )}
    </>
  )
}

function Rule({ why }: { why: RuleWhy }) {
  const words = useWords()
  return (
    <details class="why">
      <summary>
        <bdi class="why-name">{why.name}</bdi>
        <span class={why.because === 'shown' ? 'why-because why-shown' : 'why-because'}>
          {sayBecause(words, why.because)}
        </span>
      </summary>
      <Before why={why} />
      <Findings findings={why.findings} />
      {why.variant && <p class="panel-quiet">{words.t('whyVariant', { name: why.variant })}</p>}
    </details>
  )
}

/** What came of it before: it spoke, or its page asked for it in vain. */
function Before({ why: { spokeAt, asked } }: { why: RuleWhy }) {
  const words = useWords()
  const { now } = useDesk()
  const time = (at: number) => listTime(words, at, now())
  const inVain = asked && asked.because !== 'shown' ? asked : null
  return (
    <>
      {spokeAt !== null && <p class="panel-quiet">{words.t('whySpoke', { time: time(spokeAt) })}</p>}
      {inVain && (
        <p class="panel-quiet">
          {words.t('whyAsked', { time: time(inVain.at), reason: sayBecause(words, inVain.because) })}
        </p>
      )}
    </>
  )
}
