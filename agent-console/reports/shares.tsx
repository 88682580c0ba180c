import { reportHref } from '../state/report-view.ts'
import { useWords } from '../ui/context.tsx'
import { share } from '../ui/format.ts'
import type { TextKey } from '../ui/words.ts'
import type { ResponseTimes, ShareOf } from './answers.ts'
import { enoughRatings } from './figures.ts'
import { Change } from './headline.tsx'
import { useScope } from './report-scope.tsx'

const shareNames = [
  { id: 'abandoned', name: 'shareAbandoned', about: 'shareAbandonedAbout', better: 'less' },
  { id: 'missed', name: 'shareMissed', about: 'shareMissedAbout', better: 'less' },
  { id: 'promiseKept', name: 'sharePromiseKept', about: 'sharePromiseKeptAbout', better: 'more' },
] as const satisfies readonly { id: string; name: TextKey; about: TextKey; better: 'less' | 'more' }[]

type Shares = NonNullable<ResponseTimes['shares']>

/** Who went before an answer, and whether what was promised was kept; each with how sure that is. */
export function SharesRow({ shares, before }: { shares: Shares; before: Shares | undefined }) {
  return (
    <div class="share-row">
      {shareNames.map((one) => {
        const held = shares[one.id]
        return held && <OneShare key={one.id} {...one} held={held} before={before?.[one.id]} />
      })}
    </div>
  )
}

interface OneShareProps {
  id: string
  name: TextKey
  about: TextKey
  better: 'less' | 'more'
  held: ShareOf
  before: ShareOf | undefined
}

function OneShare({ id, name, about, better, held, before }: OneShareProps) {
  const words = useWords()
  const { t } = words
  const { view } = useScope()
  const { n, of, share: part, low, high } = held
  return (
    <section class="card measure" aria-label={t(name)}>
      <h2>{t(name)}</h2>
      <p class={of < enoughRatings ? 'measure-value grey' : 'measure-value'}>
        {part === null ? (
          <span class="value unknown">{t('notEnoughData')}</span>
        ) : (
          <a class="value" href={reportHref({ ...view, part: 'turns', measure: id })}>
            {share(words, part)}
          </a>
        )}
        {low !== null && high !== null && (
          <span class="measure-note">
            {t('interval', { low: share(words, low), high: share(words, high) })}
          </span>
        )}
      </p>
      <p class="measure-n">{t('nOf', { n, of })}</p>
      <Change now={part} before={before?.share} kind="share" better={better} />
      <p class="field-hint">{t(about)}</p>
    </section>
  )
}
