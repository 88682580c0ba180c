import { useEffect, useState } from 'preact/hooks'
import type { SiteId } from '../../shared/ids.ts'
import type { RuleDraft, RuleNode } from '../../shared/triggers/rule.ts'
import { useSurroundings } from '../ui/context.tsx'

/** Of those on the site now: how many these conditions hold for, and how many nobody can tell. */
export interface Matching {
  live: number
  matching: number
  undecided: number
}

interface MatchingAsked {
  siteId: SiteId
  when: readonly RuleNode[]
  /** False where what is written cannot be asked yet. */
  isReady: boolean
  /** One of many in a list, which nobody is writing: asked as it is drawn, and not again by itself. */
  once?: boolean | undefined
}

/** What is being written is asked for once it rests, and all of it again from time to time, ms. */
const rests = 600
const renews = 10_000

/** Null while it is not known, and where it cannot be counted now. */
export function useMatching({ siteId, when, isReady, once }: MatchingAsked): Matching | null {
  const { api } = useSurroundings()
  const [found, setFound] = useState<Matching | null>(null)
  const asked = JSON.stringify({ siteId, when, isReady })
  useEffect(() => {
    if (!isReady) return setFound(null)
    let wanted = true
    const ask = async () => {
      const answer = await api.send<Matching>('POST', '/rules/matching', { rule: asRule(siteId, when) })
      if (wanted) setFound(answer.ok && answer.value ? answer.value : null)
    }
    const soon = once ? void ask() : setTimeout(() => void ask(), rests)
    const again = once ? undefined : setInterval(() => void ask(), renews)
    return () => {
      wanted = false
      clearTimeout(soon)
      clearInterval(again)
    }
  }, [asked])
  return found
}

/** Only its conditions are asked. */
const asRule = (siteId: SiteId, when: readonly RuleNode[]): RuleDraft => ({
  ...{ version: 2, siteId, name: 'asked', enabled: true, priority: 0, when: [...when] },
  say: { en: '…' },
})
