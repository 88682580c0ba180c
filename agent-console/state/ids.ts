import * as v from 'valibot'
import { AgentId, SiteId } from '../../shared/ids.ts'

/** The id in a form field's value; null for "nobody". */
export function agentIdIn(text: string): AgentId | null {
  const id = v.safeParse(AgentId, text)
  return id.success ? id.output : null
}

export function siteIdIn(text: string): SiteId | null {
  const id = v.safeParse(SiteId, text)
  return id.success ? id.output : null
}
