import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import type { MeasureId } from '../../shared/metrics/definitions.ts'
import type { proactiveDefinitions } from '../../shared/metrics/proactive.ts'
import type { surveyDefinitions } from '../../shared/metrics/surveys.ts'
import { useWords } from '../ui/context.tsx'
import type { TextKey } from '../ui/words.ts'

/**
 * What each measure means, in the agent's language; `shared/metrics/definitions` has the English
 * original, and a test holds the two together.
 */
type Explained = MeasureId | keyof typeof proactiveDefinitions | keyof typeof surveyDefinitions

const texts: Record<Explained, { meaning: TextKey; formula: TextKey }> = {
  'firstResponse.customer': { meaning: 'meaningFirst', formula: 'formulaFirst' },
  'firstResponse.human': { meaning: 'meaningHuman', formula: 'formulaHuman' },
  response: { meaning: 'meaningResponse', formula: 'formulaResponse' },
  csat: { meaning: 'meaningCsat', formula: 'formulaCsat' },
  nps: { meaning: 'meaningNps', formula: 'formulaNps' },
  ces: { meaning: 'meaningCes', formula: 'formulaCes' },
  goal: { meaning: 'meaningGoal', formula: 'formulaGoal' },
  emotion: { meaning: 'meaningEmotion', formula: 'formulaEmotion' },
  'csat.byFirstResponse': { meaning: 'meaningBySpeed', formula: 'formulaBySpeed' },
  'proactive.goal': { meaning: 'meaningProactiveGoal', formula: 'formulaProactiveGoal' },
  'proactive.lift': { meaning: 'meaningProactiveLift', formula: 'formulaProactiveLift' },
}

/** A measure's name; its definition is one hover, or one press of Tab, away. */
export function Defined({ measure, children }: { measure: Explained; children: ComponentChildren }) {
  const { t } = useWords()
  const id = useId()
  const { meaning, formula } = texts[measure]
  return (
    <span class="defined">
      <button type="button" class="defined-word" aria-describedby={id}>
        {children}
      </button>
      <span class="definition" role="tooltip" id={id}>
        <span>{t(meaning)}</span>
        <span class="definition-formula">{t(formula)}</span>
      </span>
    </span>
  )
}
