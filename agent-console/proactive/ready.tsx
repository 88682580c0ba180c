import { useState } from 'preact/hooks'
import type { SiteId } from '../../shared/ids.ts'
import { localText } from '../../shared/locale.ts'
import { fillIn } from '../../shared/text/template.ts'
import type { RuleDraft } from '../../shared/triggers/rule.ts'
import { useMayConfigure, useSurroundings, useWords } from '../ui/context.tsx'
import { useLoaded } from '../ui/hooks.tsx'
import { Fault } from '../ui/parts.tsx'
import type { Editing } from './edit-rule.tsx'
import { type Needed, type ReadyRule, readyRules, ruleFrom } from './ready-rules.ts'
import type { RuleDesk } from './rule-book.tsx'

/** Each text reads well also where nothing is known of a visitor. */
const nobody: ReadonlyMap<string, string> = new Map()

interface Names {
  events: string[]
  attributes: string[]
}

/** By what names pages have told: of who is here now, and of whom it was recorded lately. */
interface Told {
  here: Names
  recorded: Names
}

interface ReadyProps {
  site: SiteId
  desk: RuleDesk
  rules: readonly RuleDraft[]
  onEdit: (editing: Editing) => void
}

/** Rules to be switched on as they are. Open while there are few of one's own. */
export function Ready(props: ReadyProps) {
  const { t } = useWords()
  const mayConfigure = useMayConfigure()
  if (!mayConfigure) return null
  return (
    <details class="ready" open={props.rules.length < 3}>
      <summary>
        <h2>{t('readyTitle')}</h2>
        <span class="quiet-words">{t('readyAbout')}</span>
      </summary>
      <Cards {...props} />
    </details>
  )
}

function Cards({ site, desk, rules, onEdit }: ReadyProps) {
  const { api } = useSurroundings()
  const told = useLoaded(`told ${site}`, () => api.get<Told>(`/sites/${site}/told`)).value
  return (
    <ul class="ready-cards">
      {readyRules.map((ready) => (
        <li key={ready.id}>
          <ReadyCard
            {...{ ready, site, desk, told, onEdit }}
            used={rules.some(({ when }) => JSON.stringify(when) === JSON.stringify(ready.rule.when))}
          />
        </li>
      ))}
    </ul>
  )
}

interface CardProps extends Pick<ReadyProps, 'site' | 'desk' | 'onEdit'> {
  ready: ReadyRule
  /** Null while it is not known. */
  told: Told | null
  /** There is one that asks the same. */
  used: boolean
}

function ReadyCard({ ready, site, desk, told, used, onEdit }: CardProps) {
  const { t, locale } = useWords()
  const [failed, setFailed] = useState(false)
  const name = t(`ready.${ready.id}`)
  const rule = ruleFrom(ready, site, name)
  const switchOn = async () => setFailed(!(await desk.save(rule, null)).ok)
  return (
    <article class="card ready-card" aria-label={name}>
      <h3>{name}</h3>
      <p>{t(`ready.${ready.id}.about`)}</p>
      <blockquote class="rule-text" dir="auto">
        {fillIn(localText(rule.say, locale), nobody)}
      </blockquote>
      {ready.needs.map((need) => (
        <NeedLine key={need.code} need={need} told={told} />
      ))}
      {failed && <Fault text={t('notSaved')} />}
      <p class="form-actions">
        {used && <span class="quiet-words">{t('readyUsed')}</span>}
        <button
          type="button"
          class="button quiet"
          aria-label={t('changeFirstName', { name })}
          onClick={() => onEdit({ name: 'new', rule })}
        >
          {t('changeFirst')}
        </button>
        <button
          type="button"
          class="button"
          disabled={used}
          aria-label={t('activateName', { name })}
          onClick={() => void switchOn()}
        >
          {t('activate')}
        </button>
      </p>
    </article>
  )
}

const tells = ({ events, attributes }: Names, { event, attribute }: Needed): boolean =>
  event ? events.includes(event) : attributes.includes(attribute ?? '')

/** What the page must tell, and whether it has: of somebody who is here, or of whom it is on record. */
function NeedLine({ need, told }: { need: Needed; told: Told | null }) {
  const { t } = useWords()
  const seen =
    told && (tells(told.here, need) ? 'needSeen' : tells(told.recorded, need) ? 'needRecorded' : null)
  return (
    <p class="need">
      {t('needsCode')} <code dir="ltr">{need.code}</code>{' '}
      {told && <span class={seen ? 'need-seen' : 'quiet-words'}>{t(seen ?? 'needNotSeen')}</span>}
    </p>
  )
}
