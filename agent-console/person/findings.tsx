import type { Answer } from '../../shared/triggers/answer.ts'
import { type Reason, reasons } from '../../shared/triggers/decide.ts'
import type { ConditionFinding, Finding } from '../../shared/triggers/evaluate.ts'
import type { Because } from '../../shared/triggers/why.ts'
import { sayCondition, sayReason } from '../../shared/triggers/words/words.ts'
import { useWords } from '../ui/context.tsx'
import { figure } from '../ui/format.ts'
import { Icon } from '../ui/icons.tsx'
import type { TextKey, Words } from '../ui/words.ts'

const isReason = (because: Because): because is Reason => reasons.some((one) => one === because)

/** How a rule fares, in a line. */
export function sayBecause(words: Words, because: Because): string {
  if (isReason(because)) return sayReason(because, words.locale)
  return words.t(because === 'shown' ? 'whyShown' : 'whyUnknown')
}

/** Each condition with its answer and what was seen. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  const { t } = useWords()
  if (findings.length === 0) return <p class="panel-quiet">{t('findingAlways')}</p>
  return (
    <ul class="findings">
      {findings.map((finding) => (
        <li key={finding.path}>
          <One finding={finding} />
        </li>
      ))}
    </ul>
  )
}

const groups = { all: 'groupAll', any: 'groupAny', not: 'groupNot' } as const

function One({ finding }: { finding: Finding }) {
  const { t, locale } = useWords()
  if ('of' in finding)
    return (
      <>
        <Mark holds={finding.holds} />
        <span class="finding-text">{t(groups[finding.kind])}</span>
        <Findings findings={finding.of} />
      </>
    )
  return (
    <>
      <Mark holds={finding.holds} />
      <span class="finding-text" dir="auto">
        {sayCondition(finding.condition, locale)}
      </span>
      <Seen finding={finding} />
    </>
  )
}

const marks = {
  true: { icon: 'check', text: 'findingHolds' },
  false: { icon: 'close', text: 'findingFails' },
  unknown: { icon: null, text: 'findingOpen' },
} as const

/** A shape and a word: colour alone would not say it. */
function Mark({ holds }: { holds: Answer }) {
  const { t } = useWords()
  const { icon, text } = marks[`${holds}`]
  return (
    <span class={`finding-mark finding-${holds}`} title={t(text)}>
      {icon ? <Icon name={icon} size={14} /> : <span aria-hidden="true">?</span>}
      <span class="out-of-sight">{t(text)}</span>
    </span>
  )
}

function Seen({ finding: { seen, holds, known } }: { finding: ConditionFinding }) {
  const words = useWords()
  const { t } = words
  if (holds === 'unknown')
    return <span class="finding-seen">{t(known === 'page' ? 'findingPage' : 'findingOpen')}</span>
  if (seen === null) return null
  const [before = '', after = ''] = t('findingSeen', { value: '\u0000' }).split('\u0000')
  return (
    <span class="finding-seen">
      {before}
      <bdi>{saySeen(words, seen)}</bdi>
      {after}
    </span>
  )
}

function saySeen(words: Words, seen: string | number | boolean): string {
  if (typeof seen === 'number') return figure(words, seen, 1)
  const said: Record<string, TextKey> = { true: 'findingYes', false: 'findingNo', '': 'findingNone' }
  const text = said[String(seen)]
  return typeof seen === 'string' && seen !== '' ? seen : words.t(text ?? 'findingNone')
}
