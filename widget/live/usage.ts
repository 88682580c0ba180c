import { times } from '../../shared/limits.ts'
import type { Reading } from '../../shared/visitor.ts'

/** How the page that is shown is being used. */
export interface Usage {
  now(): Reading
  /** Since somebody last touched the page, ms. */
  idleMs(): number
  /** Who is told when the page was touched or scrolled, and when another is shown. */
  heard?: { noticed?(): void; anew(): void } | undefined
  /** Another page is shown in its place. */
  anew(): void
}

const signs = ['pointerdown', 'pointermove', 'keydown', 'scroll', 'wheel', 'touchstart', 'focus'] as const

/**
 * Counts while the page is visible and focused and somebody has touched it lately. Nothing ticks: time is added up
 * when it is asked for, or when any of the three ends or begins.
 */
export function watchUsage(gone: AbortSignal): Usage {
  let engaged = 0
  let counted = performance.now()
  let touched = counted
  let isThere = isLookedAt()
  let scroll = 0
  let measuring = false

  function settle(): void {
    const now = performance.now()
    if (isThere) engaged += Math.max(0, Math.min(now, touched + times.engagementEnds) - counted)
    counted = now
    isThere = isLookedAt()
  }
  function touch(): void {
    settle()
    touched = counted
    usage.heard?.noticed?.()
  }
  /** At most once a frame: asking for a height may make the browser lay the page out. */
  function measure(): void {
    if (measuring) return
    measuring = true
    requestAnimationFrame(() => {
      measuring = false
      scroll = Math.max(scroll, depth())
      usage.heard?.noticed?.()
    })
  }
  const options = { passive: true, capture: true, signal: gone }
  for (const sign of signs) addEventListener(sign, touch, options)
  for (const sign of ['blur', 'visibilitychange', 'pageshow']) addEventListener(sign, settle, options)
  addEventListener('scroll', measure, options)
  const usage: Usage = {
    now() {
      settle()
      return { engagedMs: Math.min(Math.round(engaged), 86_400_000), scroll }
    },
    idleMs: () => performance.now() - touched,
    anew() {
      touch()
      engaged = scroll = 0
      measure()
      usage.heard?.anew()
    },
  }
  measure()
  return usage
}

const isLookedAt = (): boolean => document.visibilityState === 'visible' && document.hasFocus()

/** How far down the page is seen, in per cent. */
function depth(): number {
  const { scrollHeight } = document.documentElement
  return Math.max(0, Math.min(100, Math.round(((scrollY + innerHeight) / (scrollHeight || 1)) * 100)))
}
