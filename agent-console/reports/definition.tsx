import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { useWords } from '../ui/context.tsx'
import { type Explained, explanations } from './explanations.ts'

/** A measure's name; its definition is one hover, or one press of Tab, away. */
export function Defined({ measure, children }: { measure: Explained; children: ComponentChildren }) {
  const { t } = useWords()
  const id = useId()
  const { meaning, formula } = explanations[measure]
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
