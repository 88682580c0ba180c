import { may } from '../../../shared/agent.ts'
import { type Said, sayIn, wordsOf } from '../../../shared/invitation.ts'
import { fillIn } from '../../../shared/text/template.ts'
import type { Rule } from '../../../shared/triggers/rule.ts'
import type { Agents, Sites } from '../domain.ts'
import { lastView, type Visit } from '../visits/visit.ts'

export interface SpeechNeeds {
  agents: Pick<Agents, 'colleagues'>
  sites: Pick<Sites, 'byId'>
}

/** Who is addressed, and the title of the page they are addressed on. */
export interface Listener {
  visit: Visit
  title?: string | undefined
}

/** What the rule says to this visitor, in the words and with the buttons of the variant they were drawn. */
export function speechOf(needs: SpeechNeeds, to: Listener, rule: Rule, variant: string | null): Said {
  const { say, action = rule.action } = rule.variants?.find(({ id }) => id === variant) ?? rule
  return sayIn({ say, ...(action ? { action } : {}) }, to.visit.locale, wordsFor(needs, to))
}

/** What an agent says to them, who may have written it to many. */
export const addressed = (needs: SpeechNeeds, visit: Visit, text: string): string =>
  fillIn(text, wordsFor(needs, { visit }))

const wordsFor = ({ agents, sites }: SpeechNeeds, { visit, title }: Listener) =>
  wordsOf(
    {
      'visitor.name': visit.name,
      'visitor.email': visit.email,
      'page.title': title ?? lastView(visit)?.title ?? null,
      'site.name': sites.byId(visit.siteId)?.name ?? null,
      'agent.name': onlyOne(agents),
    },
    visit.attributes,
  )

/** Of several it is not known yet who will answer: no text shall promise another one. */
function onlyOne(agents: SpeechNeeds['agents']): string | null {
  const there = agents
    .colleagues()
    .filter(({ role, status }) => status === 'online' && may(role, 'conversations:write'))
  return there.length === 1 ? (there[0]?.name ?? null) : null
}
