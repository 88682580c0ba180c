import type { Answer } from '../../shared/triggers/answer.ts'
import { type Reason, reasons } from '../../shared/triggers/decide.ts'
import type { ConditionFinding, Finding } from '../../shared/triggers/evaluate.ts'
import type { Because } from '../../shared/triggers/why.ts'
import { sayCondition, sayReason } from '../../shared/triggers/words/words.ts'
import { useWords } from '../ui/context.tsx'
import { duration, figure, share } from '../ui/format.ts'
import { Icon } from '../ui/icons.tsx'
import type { Words } from '../ui/words.ts'

const isReason = (because: Because): because is Reason => reasons.some((one) => one === because)

const others = { shown: 'whyShown', unknown: 'whyUnknown', leftOut: 'whyLeftOut' } as const

/** How a rule fares, in a line. */
export function sayBecause(words: Words, because: Because): string {
  if (isReason(because)) return sayReason(because, words.locale)
  return words.t(others[because])
}

interface FindingsProps {
  findings: readonly Finding[]
  /** Of what is over: what is not known now never will be. */
  past?: boolean
}

/** Each condition with its answer and what was seen. */
export function Findings({ findings, past = false }: FindingsProps) {
  const { t } = useWords()
  if (findings.length === 0) return <p class="panel-quiet">{t('findingAlways')}</p>
  return (
    <ul class="findings">
      {findings.map((finding) => (
        <li key={finding.path}>
          <One finding={finding} past={past} />
        </li>
      ))}
    </ul>
  )
}

const groups = { all: 'groupAll', any: 'groupAny', not: 'groupNot' } as const

function One({ finding, past }: { finding: Finding; past: boolean }) {
  const { t, locale } = useWords()
  if ('of' in finding)
    return (
      <>
        <Mark holds={finding.holds} />
        <span class="finding-text">{t(groups[finding.kind])}</span>
        <Findings findings={finding.of} past={past} />
      </>
    )
  return (
    <>
      <Mark holds={finding.holds} />
      <span class="finding-text" dir="auto">
        {sayCondition(finding.condition, locale)}
      </span>
      <Seen finding={finding} past={past} />
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

/** What the answer comes from; of yes and no the mark says enough. */
function Seen({ finding, past }: { finding: ConditionFinding; past: boolean }) {
  const { kind, seen, holds, known } = finding
  const words = useWords()
  const { t } = words
  const open = known === 'page' ? 'findingPage' : 'findingOpen'
  if (holds === 'unknown') return <span class="finding-seen">{t(past ? 'findingUnrecorded' : open)}</span>
  if (seen === null || typeof seen === 'boolean') return null
  const [before = '', after = ''] = t('findingSeen', { value: '\u0000' }).split('\u0000')
  return (
    <span class="finding-seen">
      {before}
      <bdi>{typeof seen === 'number' ? sayNumber(words, kind, seen) : seen || t('findingNone')}</bdi>
      {after}
    </span>
  )
}

const inSeconds: ReadonlySet<string> = new Set(['secondsOnPage', 'secondsOnSite', 'idle'])

function sayNumber(words: Words, kind: string, seen: number): string {
  if (inSeconds.has(kind)) return duration(words, seen * 1_000)
  return kind === 'scroll' ? share(words, seen / 100) : figure(words, seen, 1)
}
