import { type Aim, aims, type Priority } from '../../shared/aims.ts'
import type { Target } from '../../shared/targets.ts'
import { readNumber, secondsIn, type Unit, unitOf } from '../conditions/numbers.ts'
import { digits } from '../ui/format.ts'
import type { Words } from '../ui/words.ts'

/** A length of time as it stands in its fields. */
export interface WithinDraft {
  text: string
  unit: Unit
}

/** A target as it is edited. */
export interface TargetDraft extends Record<Aim, WithinDraft> {
  key: number
  team: string
  priority: Priority | ''
}

export const freshTarget = (key: number): TargetDraft => ({
  ...{ key, team: '', priority: '' },
  firstResponse: { text: '', unit: 'minute' },
  response: { text: '', unit: 'minute' },
  resolution: { text: '', unit: 'hour' },
})

export function draftOf(words: Words, target: Target, key: number): TargetDraft {
  const fresh = freshTarget(key)
  const fieldOf = (aim: Aim): WithinDraft => {
    const ms = target[aim]
    if (ms === undefined) return fresh[aim]
    const unit = unitOf(ms / 1_000)
    return { text: digits(words, ms / 1_000 / secondsIn[unit]), unit }
  }
  return {
    ...{ key, team: target.team ?? '', priority: target.priority ?? '' },
    firstResponse: fieldOf('firstResponse'),
    response: fieldOf('response'),
    resolution: fieldOf('resolution'),
  }
}

const yearSeconds = 365 * secondsIn.day

/** In ms; undefined for none, null for what is no time. */
export function withinOf({ text, unit }: WithinDraft): number | undefined | null {
  if (text.trim() === '') return undefined
  const n = readNumber(text, [1, Math.floor(yearSeconds / secondsIn[unit])])
  return n === null ? null : n * secondsIn[unit] * 1_000
}

/** Null while something in it cannot be understood, or it aims at nothing. */
export function targetOf(draft: TargetDraft): Target | null {
  const { team, priority } = draft
  const target: Target = { ...(team ? { team } : {}), ...(priority ? { priority } : {}) }
  for (const aim of aims) {
    const within = withinOf(draft[aim])
    if (within === null) return null
    if (within !== undefined) target[aim] = within
  }
  return aims.some((aim) => target[aim] !== undefined) ? target : null
}
