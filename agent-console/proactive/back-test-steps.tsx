import { useEffect, useRef, useState } from 'preact/hooks'
import type { Result } from '../../shared/result.ts'
import type { PastStep, PastSteps, SampleVisit } from '../../shared/triggers/past/back-test.ts'
import type { Because } from '../../shared/triggers/why.ts'
import { Findings, sayBecause } from '../person/findings.tsx'
import { useSurroundings, useWords } from '../ui/context.tsx'
import { dayAndTime } from '../ui/format.ts'
import { useLoaded } from '../ui/hooks.tsx'
import { Fault, IconButton, Skeleton } from '../ui/parts.tsx'
import type { Words } from '../ui/words.ts'
import type { Asked } from './back-test-asked.ts'

interface StepsProps {
  asked: Asked
  visit: SampleVisit
  onClose: () => void
}

/** One visit, moment by moment: by the buttons, or by the keys for forward and back. */
export function Steps({ asked, visit, onClose }: StepsProps) {
  const { t, direction } = useWords()
  const { api } = useSurroundings()
  const { visitId, visitorId } = visit
  const { value, failed } = useLoaded<PastSteps>(
    visitId,
    (): Promise<Result<PastSteps>> =>
      api.send('POST', '/rules/backtest/steps', { ...asked, visitId, visitorId }),
  )
  const [index, setIndex] = useState<number | null>(null)
  const region = useRef<HTMLElement>(null)
  useEffect(() => region.current?.focus(), [])
  const steps = value?.steps ?? []
  const at = index ?? decisive(steps)
  const last = steps.length - 1
  const go = (by: number) => setIndex((now) => Math.min(last, Math.max(0, (now ?? decisive(steps)) + by)))
  const keys: Record<string, () => void> = {
    ArrowRight: () => go(direction === 'rtl' ? -1 : 1),
    ArrowLeft: () => go(direction === 'rtl' ? 1 : -1),
    Home: () => go(-steps.length),
    End: () => go(steps.length),
    Escape: onClose,
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const act = keys[event.key]
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  const step = steps[at]
  return (
    <section ref={region} class="past-steps" tabIndex={-1} aria-label={t('pastStep')} onKeyDown={onKeyDown}>
      <header class="past-steps-head">
        <IconButton icon="next" class="past-previous" label={t('pastPrevious')} onClick={() => go(-1)} />
        <span aria-live="polite">{t('pastStepOf', { n: at + 1, all: steps.length })}</span>
        <IconButton icon="next" label={t('pastNext')} onClick={() => go(1)} />
        <button type="button" class="button quiet" onClick={onClose}>
          {t('pastCloseSteps')}
        </button>
      </header>
      {failed && <Fault text={t('pastStepsGone')} />}
      {!value && !failed && <Skeleton rows={3} />}
      {step && <Step step={step} ruleId={asked.ruleId ?? null} />}
      {value?.isCut && at === last && <p class="quiet-words">{t('pastStepsCut')}</p>}
    </section>
  )
}

/** What one wants to see first: when it was shown, or why not at the end. */
function decisive(steps: readonly PastStep[]): number {
  const shown = steps.findIndex(({ because }) => because !== 'conditions')
  return Math.max(0, shown)
}

function Step({ step, ruleId }: { step: PastStep; ruleId: string | null }) {
  const words = useWords()
  const other = step.speaks && step.because !== 'shown' && step.speaks.ruleId !== ruleId ? step.speaks : null
  return (
    <div class="past-step">
      <p class="past-moment">
        <strong>{sayCause(words, step)}</strong>
        <span class="quiet-words">{dayAndTime(words, step.at)}</span>
      </p>
      <p>
        <bdi dir="ltr" class="past-where" title={step.title}>
          {step.url}
        </bdi>
      </p>
      <p class={step.because === 'shown' ? 'why-because why-shown' : 'why-because'}>
        {sayOutcome(words, step.because)}
        {other && ` ${words.t('pastSpeaks', { name: other.name })}`}
      </p>
      <Findings findings={step.findings} past />
    </div>
  )
}

function sayOutcome(words: Words, because: Because): string {
  if (because === 'shown') return words.t('pastOwnSpeaks')
  return because === 'undecided' ? words.t('pastUnrecorded') : sayBecause(words, because)
}

function sayCause({ t }: Words, { cause }: PastStep): string {
  switch (cause.kind) {
    case 'view':
      return t('pastView')
    case 'event':
      return t('pastEvent', { name: cause.name })
    case 'time':
      return t('pastTime')
    case 'end':
      return t('pastEnd')
  }
}
