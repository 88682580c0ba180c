import { useState } from 'preact/hooks'
import type { BackTest, Outcome, SampleVisit } from '../../shared/triggers/past/back-test.ts'
import { useWords } from '../ui/context.tsx'
import { dayAndTime, figure } from '../ui/format.ts'
import { Fault, Skeleton } from '../ui/parts.tsx'
import { visitorName } from '../ui/person.ts'
import type { Asked } from './back-test-asked.ts'
import { Steps } from './back-test-steps.tsx'
import { outcomeTexts } from './back-test-words.ts'
import { type PastVisits, usePastVisits } from './past-list.tsx'

interface VisitsProps {
  asked: Asked
  result: BackTest
}

/** How many visits came to each; those that never fitted are not told one by one. */
function outcomesOf({ reached, heldOut, lost, undecided, heldBack }: BackTest): [Outcome, number][] {
  const held = heldBack.reduce((sum, { visits }) => sum + visits, 0)
  const all: [Outcome, number][] = [
    ['reached', reached.visits],
    ['heldOut', heldOut.visits],
    ['lost', lost.visits],
    ['heldBack', held],
    ['undecided', undecided.visits],
  ]
  return all.filter(([, visits]) => visits > 0)
}

/** The visits, one by one: all of one outcome, and any of them to step through. */
export function Visits({ asked, result }: VisitsProps) {
  const outcomes = outcomesOf(result)
  const [wanted, setWanted] = useState<Outcome | null>(null)
  const [outcome] = outcomes.find(([one]) => one === wanted) ?? outcomes[0] ?? []
  if (!outcome) return null
  return (
    <>
      <OutcomePicker outcomes={outcomes} value={outcome} onChange={setWanted} />
      <VisitList asked={asked} outcome={outcome} />
    </>
  )
}

interface PickerProps {
  outcomes: readonly [Outcome, number][]
  value: Outcome
  onChange: (outcome: Outcome) => void
}

function OutcomePicker({ outcomes, value, onChange }: PickerProps) {
  const words = useWords()
  const choose = (name: string) => {
    const chosen = outcomes.find(([one]) => one === name)
    if (chosen) onChange(chosen[0])
  }
  return (
    <select
      class="select past-outcome"
      aria-label={words.t('pastOutcome')}
      value={value}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      {outcomes.map(([one, visits]) => (
        <option key={one} value={one}>
          {`${words.t(outcomeTexts[one])} (${figure(words, visits)})`}
        </option>
      ))}
    </select>
  )
}

function VisitList({ asked, outcome }: { asked: Asked; outcome: Outcome }) {
  const { t } = useWords()
  const visits = usePastVisits(asked, outcome)
  const [chosen, setChosen] = useState<SampleVisit | null>(null)
  if (chosen) return <Steps asked={asked} visit={chosen} onClose={() => setChosen(null)} />
  return (
    <>
      <ul class="past-visits">
        {visits.items.map((visit) => (
          <li key={visit.visitId}>
            <Visit visit={visit} onStep={() => setChosen(visit)} />
          </li>
        ))}
      </ul>
      {visits.failed && <Fault text={t('couldNotLoad')} again={visits.more} />}
      <More visits={visits} />
    </>
  )
}

function More({ visits: { items, next, asking, failed, more } }: { visits: PastVisits }) {
  const { t } = useWords()
  if (failed) return null
  if (asking && items.length === 0) return <Skeleton rows={3} />
  if (!asking && next === null) return null
  return (
    <button type="button" class="button quiet" disabled={asking} onClick={more}>
      {t('showOlder')}
    </button>
  )
}

function Visit({ visit, onStep }: { visit: SampleVisit; onStep: () => void }) {
  const words = useWords()
  const name = visitorName(words, { name: visit.name, id: visit.visitorId })
  return (
    <>
      <span class="past-who">
        <bdi>{name}</bdi>
        <span class="quiet-words">{dayAndTime(words, visit.at)}</span>
      </span>
      <bdi dir="ltr" class="past-where">
        {visit.page}
      </bdi>
      <span class={`tag past-${visit.outcome}`}>{words.t(outcomeTexts[visit.outcome])}</span>
      <button
        type="button"
        class="button quiet"
        aria-label={`${words.t('pastStep')}: ${name}`}
        onClick={onStep}
      >
        {words.t('pastStep')}
      </button>
    </>
  )
}
