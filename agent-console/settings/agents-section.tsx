import { useState } from 'preact/hooks'
import type { AgentStatus, Role } from '../../shared/agent.ts'
import type { AgentId } from '../../shared/ids.ts'
import type { List } from '../connection/api.ts'
import { useDeskState, useSurroundings, useWords } from '../ui/context.tsx'
import { useLoaded } from '../ui/hooks.tsx'
import { Icon } from '../ui/icons.tsx'
import { Avatar, Dot, Fault, Skeleton } from '../ui/parts.tsx'
import { NewAgent } from './new-agent.tsx'
import { roleNames } from './roles.ts'

interface Account {
  id: AgentId
  email: string
  name: string
  role: Role
  active: boolean
  status: AgentStatus
}

/** Who may answer here. */
export function AgentsSection() {
  const { t } = useWords()
  const { api } = useSurroundings()
  const version = useDeskState((desk) => desk.workspaceVersion)
  const agents = useLoaded(`agents ${version}`, () => api.get<List<Account>>('/agents'))
  const [adding, setAdding] = useState(false)
  if (agents.value === null)
    return agents.failed ? <Fault text={t('couldNotLoad')} again={agents.again} /> : <Skeleton rows={3} />
  return (
    <div class="settings">
      <section class="card" aria-labelledby="agents-title">
        <header class="card-head">
          <h2 id="agents-title">{t('agentsTitle')}</h2>
          {!adding && (
            <button type="button" class="button" onClick={() => setAdding(true)}>
              <Icon name="plus" size={18} />
              {t('addAgent')}
            </button>
          )}
        </header>
        <ul class="accounts">
          {agents.value.items.map((account) => (
            <li key={account.id}>
              <OneAccount account={account} onChanged={agents.again} />
            </li>
          ))}
        </ul>
      </section>
      {adding && (
        <NewAgent
          onCancel={() => setAdding(false)}
          onAdded={() => {
            setAdding(false)
            agents.again()
          }}
        />
      )}
    </div>
  )
}

function OneAccount({ account, onChanged }: { account: Account; onChanged: () => void }) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const me = useDeskState((desk) => desk.me)
  const [failed, setFailed] = useState(false)
  const mayTurn = account.id !== me.id && (account.role !== 'owner' || me.role === 'owner')
  const turn = async () => {
    const answer = await api.send('PATCH', `/agents/${account.id}`, { active: !account.active })
    setFailed(!answer.ok)
    onChanged()
  }
  return (
    <div class={account.active ? 'account' : 'account off'}>
      <Avatar id={account.id} name={account.name} />
      <div class="account-words">
        <p class="account-name">
          <bdi>{account.name}</bdi>
          {account.active ? <Dot state={account.status} /> : <span class="tag">{t('deactivated')}</span>}
        </p>
        <p class="quiet-words">
          <bdi dir="ltr">{account.email}</bdi>
        </p>
      </div>
      {failed && (
        <span class="inline-fault" role="alert">
          {t('notDone')}
        </span>
      )}
      <span class="account-role">{t(roleNames[account.role])}</span>
      {mayTurn && (
        <button
          type="button"
          class="button quiet"
          aria-label={t(account.active ? 'deactivateName' : 'activateName', { name: account.name })}
          onClick={() => void turn()}
        >
          {t(account.active ? 'deactivate' : 'activate')}
        </button>
      )}
    </div>
  )
}
