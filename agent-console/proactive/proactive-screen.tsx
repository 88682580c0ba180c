import { useEffect, useRef, useState } from 'preact/hooks'
import type { SiteId } from '../../shared/ids.ts'
import { byRank } from '../../shared/triggers/page.ts'
import { useDeskState, useMayConfigure, useSurroundings, useWords } from '../ui/context.tsx'
import { Icon } from '../ui/icons.tsx'
import { Page } from '../ui/page.tsx'
import { Choices, Empty, Fault, Skeleton } from '../ui/parts.tsx'
import { Toast } from '../ui/toast.tsx'
import { keptWriting, newRule } from './draft.ts'
import { type Editing, EditRule } from './edit-rule.tsx'
import { Ready } from './ready.tsx'
import { type RuleDesk, useRuleDesk } from './rule-book.tsx'
import { RuleList } from './rule-list.tsx'
import { Unreadable } from './unreadable.tsx'
import { Removed } from './versions.tsx'

/** The messages the house begins with, each a sentence. */
export function ProactiveScreen() {
  const { t } = useWords()
  const { keep } = useSurroundings()
  const desk = useRuleDesk()
  const mayConfigure = useMayConfigure()
  const sites = useDeskState((state) => state.sites)
  const [chosen, choose] = useState<SiteId | null>(null)
  const site = sites.find(({ id }) => id === chosen)?.id ?? sites[0]?.id
  const [editing, edit] = useState<Editing>(() => takenUp(keptWriting(keep)))
  const begun = useReturn(editing)
  const begin = () => site && edit({ name: 'new', rule: newRule(site) })
  return (
    <Page
      title={t('proactive')}
      about={t('proactiveAbout')}
      actions={
        mayConfigure &&
        site &&
        editing.name === 'none' && (
          <button ref={begun} type="button" class="button primary" onClick={begin}>
            <Icon name="plus" size={18} />
            {t('newRule')}
          </button>
        )
      }
    >
      {sites.length > 1 && site && (
        <Choices
          name={t('site')}
          value={site}
          onChange={choose}
          choices={sites.map(({ id, name }) => ({ value: id, label: <bdi>{name}</bdi> }))}
        />
      )}
      {editing.name === 'new' && (
        <EditRule rule={editing.rule} desk={desk} onDone={() => edit({ name: 'none' })} />
      )}
      {site && <RulesOf {...{ site, desk, editing }} onEdit={edit} />}
      <Toast done={desk.done} onGone={() => desk.say(null)} />
    </Page>
  )
}

/** From the form of a new rule, once it is closed, the keyboard goes back to what opens one. */
function useReturn(editing: Editing) {
  const button = useRef<HTMLButtonElement>(null)
  const before = useRef(editing.name)
  useEffect(() => {
    if (before.current === 'new' && editing.name === 'none') button.current?.focus()
    before.current = editing.name
  }, [editing.name])
  return button
}

/** Whatever was being written when the page was left is open again. */
function takenUp(kept: ReturnType<typeof keptWriting>): Editing {
  if (!kept) return { name: 'none' }
  return kept.id === null ? { name: 'new', rule: kept.rule } : { name: 'rule', id: kept.id }
}

interface RulesProps {
  site: SiteId
  desk: RuleDesk
  editing: Editing
  onEdit: (editing: Editing) => void
}

function RulesOf({ site, desk, editing, onEdit }: RulesProps) {
  const { t } = useWords()
  const { keep } = useSurroundings()
  const { book } = desk
  if (book.value === null)
    return book.failed ? (
      <Fault text={t('couldNotLoad')} again={book.again} />
    ) : (
      <Skeleton rows={3} shape="card" />
    )
  const rules = book.value.rules.filter(({ siteId }) => siteId === site).sort(byRank)
  const lost = editing.name === 'rule' && !book.value.rules.some(({ id }) => id === editing.id)
  const kept = lost ? keptWriting(keep) : null
  const unreadable = book.value.unreadable.filter(({ siteId }) => siteId === site)
  return (
    <>
      {kept && <EditRule rule={kept.rule} desk={desk} onDone={() => onEdit({ name: 'none' })} />}
      {rules.length + unreadable.length === 0 && editing.name !== 'new' && (
        <Empty icon="proactive" title={t('rulesEmptyTitle')}>
          <p>{t('rulesEmptyText')}</p>
        </Empty>
      )}
      <RuleList {...{ rules, desk, editing, onEdit }} />
      {unreadable.map((rule) => (
        <Unreadable key={rule.id} {...{ rule, desk }} />
      ))}
      <Ready {...{ site, desk, rules }} onEdit={onEdit} />
      <Removed desk={desk} />
    </>
  )
}
