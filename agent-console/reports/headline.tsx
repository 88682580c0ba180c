import type { ComponentChildren } from 'preact'
import { useWords } from '../ui/context.tsx'
import { duration, figure, share } from '../ui/format.ts'
import type { Words } from '../ui/words.ts'
import { type Definable, Defined } from './definition.tsx'
import type { Shown } from './figures.ts'

interface ChangeProps {
  now: number | null | undefined
  /** Of the period before; nothing is said where it was not asked for. */
  before: number | null | undefined
  kind: 'time' | 'count' | 'share'
  /** Which way is good; neither for a plain count. */
  better?: 'less' | 'more' | null
}

/** How a figure moved against the period before: an arrow, an amount and words, never a colour alone. */
export function Change({ now, before, kind, better = null }: ChangeProps) {
  const words = useWords()
  if (before === undefined || now === undefined) return null
  if (now === null || before === null) return <span class="change">{words.t('nothingBefore')}</span>
  const moved = now - before
  if (moved === 0) return <span class="change">{words.t('asBefore')}</span>
  const good = better !== null && moved > 0 === (better === 'more')
  const key = moved > 0 ? 'moreThanBefore' : 'lessThanBefore'
  return (
    <span class={better === null ? 'change' : good ? 'change good' : 'change bad'}>
      <span aria-hidden="true">{moved > 0 ? '↑' : '↓'}</span>{' '}
      {words.t(key, {
        amount: difference(words, Math.abs(moved), kind),
        before: amountOf(words, before, kind),
      })}
    </span>
  )
}

function amountOf(words: Words, amount: number, kind: ChangeProps['kind']): string {
  if (kind === 'time') return duration(words, amount)
  return kind === 'share' ? share(words, amount) : figure(words, amount)
}

/** Of two shares the difference is in points: 6 % more than 4 % might be 4.2 %. */
const difference = (words: Words, amount: number, kind: ChangeProps['kind']): string =>
  kind === 'share' ? words.count('points', Math.round(amount * 100)) : amountOf(words, amount, kind)

/** Where it leads somewhere, to what it was counted from. */
export const Value = ({ shown, href }: { shown: Shown; href?: string | undefined }) =>
  href && shown.known ? (
    <a class="value" href={href}>
      {shown.text}
    </a>
  ) : (
    <span class={shown.known ? 'value' : 'value unknown'}>{shown.text}</span>
  )

/** One figure at the top of a report, and what it leads to. */
export const Headline = ({
  name,
  means,
  href,
  more,
  shown,
  note,
  grey = false,
  children,
}: {
  name: string
  /** Whose definition is told. */
  means?: Definable
  /** To what it counts. */
  href?: string | undefined
  /** To its own section. */
  more?: string
  shown: Shown
  note?: ComponentChildren
  /** Too little to lean on. */
  grey?: boolean
  children?: ComponentChildren
}) => (
  <section class="card measure headline" aria-label={name}>
    <h2>{means ? <Defined {...means}>{name}</Defined> : name}</h2>
    <p class={grey ? 'measure-value grey' : 'measure-value'}>
      <Value shown={shown} href={href} />
      {note && <span class="measure-note">{note}</span>}
    </p>
    {children}
    {more && <More name={name} href={more} />}
  </section>
)

const More = ({ name, href }: { name: string; href: string }) => {
  const { t } = useWords()
  return (
    <p class="headline-more">
      <a href={href}>
        {t('moreOfIt')}
        <span class="out-of-sight">: {name}</span>
      </a>
    </p>
  )
}
