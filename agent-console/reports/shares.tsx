import type { ShareId } from '../../shared/metrics/definitions.ts'
import type { ResponseTimes } from '../../shared/metrics/response-times.ts'
import type { Share } from '../../shared/metrics/statistics.ts'
import { useWords } from '../ui/context.tsx'
import { share } from '../ui/format.ts'
import type { TextKey } from '../ui/words.ts'
import { Defined } from './definition.tsx'
import { enoughRatings } from './figures.ts'
import { Change, Value } from './headline.tsx'
import { Opened } from './opened.tsx'
import { casesHref } from './opens.ts'
import { useScope } from './report-scope.tsx'

const shareNames = [
  { id: 'abandoned', name: 'shareAbandoned', better: 'less' },
  { id: 'missed', name: 'shareMissed', better: 'less' },
  { id: 'promiseKept', name: 'sharePromiseKept', better: 'more' },
] as const satisfies readonly { id: ShareId; name: TextKey; better: 'less' | 'more' }[]

type Shares = ResponseTimes['shares']

/** Who went before an answer, and whether what was promised was kept; each with how sure that is. */
export function SharesRow({ shares, before }: { shares: Shares; before: Shares | undefined }) {
  return (
    <div class="share-row">
      {shareNames.map((one) => {
        return <OneShare key={one.id} {...one} held={shares[one.id]} before={before?.[one.id]} />
      })}
    </div>
  )
}

interface OneShareProps {
  id: ShareId
  name: TextKey
  better: 'less' | 'more'
  held: Share
  before: Share | undefined
}

function OneShare({ id, name, better, held, before }: OneShareProps) {
  const words = useWords()
  const { t } = words
  const { view } = useScope()
  const { n, of, share: part, low, high } = held
  return (
    <section class="card measure" aria-label={t(name)}>
      <h2>
        <Defined measure={id}>{t(name)}</Defined>
      </h2>
      <p class={of < enoughRatings ? 'measure-value grey' : 'measure-value'}>
        {part === null ? (
          <span class="value unknown">{t('notEnoughData')}</span>
        ) : (
          <Value shown={{ known: true, text: share(words, part) }} href={casesHref(view, id)} />
        )}
        {low !== null && high !== null && (
          <span class="measure-note">
            {t('interval', { low: share(words, low), high: share(words, high) })}
          </span>
        )}
      </p>
      <p class="measure-n">
        <Opened figure={id} of={{ outcome: 'yes' }} n={n}>
          {t('nOf', { n, of })}
        </Opened>
      </p>
      <Change now={part} before={before?.share} kind="share" better={better} />
    </section>
  )
}
