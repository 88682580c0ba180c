import { useState } from 'preact/hooks'
import type { RuleId } from '../../shared/ids.ts'
import { localText } from '../../shared/locale.ts'
import type { Rule, RuleDraft } from '../../shared/triggers/rule.ts'
import type { UnreadableRule } from '../../shared/triggers/stored.ts'
import { sayFault } from '../../shared/triggers/words/words.ts'
import type { List } from '../connection/api.ts'
import { useDeskState, useMayConfigure, useSurroundings, useWords } from '../ui/context.tsx'
import { type Loaded, useLoaded } from '../ui/hooks.tsx'
import { Icon } from '../ui/icons.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Fault, IconButton, Skeleton, Switch } from '../ui/parts.tsx'
import { BackTest } from './back-test.tsx'
import { Sentence } from './conditions.tsx'
import { RuleForm } from './rule-form.tsx'
import { draftOf, newRule } from './sentence.ts'

type RuleList = List<Rule> & { unreadable?: UnreadableRule[] }
type Editing = { name: 'none' } | { name: 'new' } | { name: 'rule'; id: RuleId }

/** The messages the house begins with, each a sentence. */
export function ProactiveScreen() {
  const { t } = useWords()
  const { api } = useSurroundings()
  const mayConfigure = useMayConfigure()
  const version = useDeskState((desk) => desk.workspaceVersion)
  const site = useDeskState((desk) => desk.sites[0])
  const rules = useLoaded(`rules ${version}`, () => api.get<RuleList>('/rules'))
  const [editing, setEditing] = useState<Editing>({ name: 'none' })
  const add = mayConfigure && site && editing.name === 'none'
  return (
    <Page
      title={t('proactive')}
      about={t('proactiveAbout')}
      actions={
        add && (
          <button type="button" class="button primary" onClick={() => setEditing({ name: 'new' })}>
            <Icon name="plus" size={18} />
            {t('newRule')}
          </button>
        )
      }
    >
      {editing.name === 'new' && site && (
        <EditRule
          rule={newRule(site.id)}
          id={null}
          onDone={() => setEditing({ name: 'none' })}
          rules={rules}
        />
      )}
      <Rules rules={rules} editing={editing} onEdit={setEditing} />
    </Page>
  )
}

interface RulesProps {
  rules: Loaded<RuleList>
  editing: Editing
  onEdit: (editing: Editing) => void
}

function Rules({ rules, editing, onEdit }: RulesProps) {
  const { t } = useWords()
  if (rules.value === null)
    return rules.failed ? (
      <Fault text={t('couldNotLoad')} again={rules.again} />
    ) : (
      <Skeleton rows={3} shape="card" />
    )
  const { items, unreadable = [] } = rules.value
  if (items.length + unreadable.length === 0 && editing.name !== 'new')
    return (
      <Empty icon="proactive" title={t('rulesEmptyTitle')}>
        <p>{t('rulesEmptyText')}</p>
      </Empty>
    )
  return (
    <ul class="rules">
      {items.map((rule) => (
        <li key={rule.id}>
          {editing.name === 'rule' && editing.id === rule.id ? (
            <EditRule
              rule={draftOf(rule)}
              id={rule.id}
              onDone={() => onEdit({ name: 'none' })}
              rules={rules}
            />
          ) : (
            <RuleCard rule={rule} rules={rules} onEdit={() => onEdit({ name: 'rule', id: rule.id })} />
          )}
        </li>
      ))}
      {unreadable.map((rule) => (
        <li key={rule.id}>
          <Unreadable rule={rule} />
        </li>
      ))}
    </ul>
  )
}

/** It stands in the settings as it is, and says nothing until somebody has mended it there. */
function Unreadable({ rule }: { rule: UnreadableRule }) {
  const { t, locale } = useWords()
  return (
    <article class="card rule off" aria-label={rule.name}>
      <header class="rule-head">
        <h2>
          <bdi>{rule.name || rule.id}</bdi>
        </h2>
      </header>
      <p>{t('ruleUnreadable')}</p>
      <ul>
        {rule.faults.map((fault) => (
          <li key={fault.path + fault.code}>
            {sayFault(fault, locale)} <bdi dir="ltr">{fault.path}</bdi>
          </li>
        ))}
      </ul>
    </article>
  )
}

interface EditProps {
  rule: RuleDraft
  /** Null for a new one. */
  id: RuleId | null
  rules: Loaded<RuleList>
  onDone: () => void
}

function EditRule({ rule, id, rules, onDone }: EditProps) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const save = async (draft: RuleDraft): Promise<string | null> => {
    const answer = await (id === null
      ? api.send('POST', '/rules', draft)
      : api.send('PUT', `/rules/${id}`, draft))
    if (!answer.ok) return t(answer.error.code === 'invalid' ? 'ruleInvalid' : 'notSaved')
    rules.again()
    onDone()
    return null
  }
  return <RuleForm rule={rule} ruleId={id} onSave={save} onCancel={onDone} />
}

function RuleCard({ rule, rules, onEdit }: { rule: Rule; rules: Loaded<RuleList>; onEdit: () => void }) {
  const { t, locale } = useWords()
  const { api } = useSurroundings()
  const mayConfigure = useMayConfigure()
  const site = useDeskState(({ sites }) =>
    sites.length > 1 ? sites.find((one) => one.id === rule.siteId) : null,
  )
  const [failed, setFailed] = useState(false)
  const [asked, setAsked] = useState(false)
  const turn = async (enabled: boolean) => {
    const answer = await api.send('PUT', `/rules/${rule.id}`, { ...draftOf(rule), enabled })
    setFailed(!answer.ok)
    rules.again()
  }
  const remove = async () => {
    const answer = await api.send('DELETE', `/rules/${rule.id}`)
    setFailed(!answer.ok)
    rules.again()
  }
  return (
    <article class={rule.enabled ? 'card rule' : 'card rule off'} aria-label={rule.name}>
      <header class="rule-head">
        <h2>
          <bdi>{rule.name}</bdi>
        </h2>
        {mayConfigure && (
          <>
            <IconButton icon="pencil" label={t('editRule')} onClick={onEdit} />
            <IconButton icon="trash" label={t('deleteRule')} onClick={() => setAsked(true)} />
            <Switch on={rule.enabled} label={t('ruleOn')} onChange={(on) => void turn(on)} />
          </>
        )}
      </header>
      {site && (
        <p class="rule-site">
          <bdi>{site.name}</bdi>
        </p>
      )}
      <p class="rule-sentence">
        <Sentence when={rule.when} /> {t('thenSay')}
      </p>
      <blockquote class="rule-text" dir="auto">
        {localText(rule.say, locale)}
      </blockquote>
      <BackTest rule={draftOf(rule)} ruleId={rule.id} />
      {failed && <Fault text={t('notSaved')} />}
      {asked && <Ask onYes={() => void remove()} onNo={() => setAsked(false)} />}
    </article>
  )
}

function Ask({ onYes, onNo }: { onYes: () => void; onNo: () => void }) {
  const { t } = useWords()
  return (
    <div class="ask" role="alertdialog" aria-label={t('deleteRule')}>
      <span>{t('deleteRuleAsk')}</span>
      <button type="button" class="button quiet" onClick={onNo}>
        {t('keepIt')}
      </button>
      <button type="button" class="button loss" onClick={onYes}>
        {t('deleteIt')}
      </button>
    </div>
  )
}
