import { useEffect } from 'preact/hooks'
import type { LiveVisitor } from '../../shared/visitor.ts'
import type { Step } from '../state/trail.ts'
import { useDesk, useDeskState, useWords } from '../ui/context.tsx'
import { roughly } from '../ui/format.ts'
import { useNow } from '../ui/hooks.tsx'
import { pathOf } from '../ui/person.ts'
import { PanelPart } from './panel-part.tsx'

const none: readonly Step[] = []

/** The pages of this visit, the present one on top, with how long each was looked at. */
export function Trail({ visit }: { visit: LiveVisitor | null }) {
  const { t, count } = useWords()
  const desk = useDesk()
  const trail = useDeskState((state) => (visit ? (state.trails.get(visit.visitId) ?? none) : none))
  const now = useNow(desk.now)
  const breaks = useDeskState((state) => state.forgotten)
  useEffect(() => {
    if (visit) void desk.recallTrail(visit)
  }, [desk, visit?.visitId, breaks])
  return (
    <PanelPart title="trail">
      {!visit ? (
        <p class="panel-quiet">{t('notOnSite')}</p>
      ) : (
        <>
          <p class="panel-quiet">{count('pagesSeen', visit.pageViews)}</p>
          <ol class="trail" reversed>
            {[...trail].reverse().map((step) => (
              <TrailStep key={step.at} step={step} now={now} />
            ))}
          </ol>
        </>
      )}
    </PanelPart>
  )
}

function TrailStep({ step, now }: { step: Step; now: number }) {
  const words = useWords()
  const here = step.leftAt === null
  return (
    <li class={here ? 'trail-step here' : 'trail-step'} aria-current={here ? 'location' : undefined}>
      <a href={step.url} target="_blank" rel="noopener noreferrer" title={step.url}>
        <bdi class="trail-title">{step.title || pathOf(step.url)}</bdi>
      </a>
      <span class="trail-time">{roughly(words, (step.leftAt ?? now) - step.at)}</span>
      <span class="trail-path">
        <bdi dir="ltr">{pathOf(step.url)}</bdi>
      </span>
    </li>
  )
}
