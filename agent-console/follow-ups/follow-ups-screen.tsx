import { useState } from 'preact/hooks'
import type { FollowUpSettings } from '../../shared/follow-up.ts'
import type { List } from '../connection/api.ts'
import { hrefOf } from '../state/route.ts'
import { useDeskState, useSurroundings, useWords } from '../ui/context.tsx'
import { useLoaded } from '../ui/hooks.tsx'
import { Page } from '../ui/page.tsx'
import { Choices, Empty, Fault, Skeleton } from '../ui/parts.tsx'
import { visitorName } from '../ui/person.ts'
import type { TextKey } from '../ui/words.ts'
import { FollowUpForm, FollowUpState, type Told } from './follow-up-form.tsx'

type State = 'open' | 'overdue' | 'done'
const names: Record<State, TextKey> = {
  open: 'followUpsOpen',
  overdue: 'followUpsOverdue',
  done: 'followUpsDone',
}

/** What is to be made right with visitors, what is due first on top. */
export function FollowUpsScreen() {
  const { t } = useWords()
  const [state, setState] = useState<State>('open')
  const [owner, setOwner] = useState<'' | 'me'>('')
  return (
    <Page
      title={t('followUps')}
      actions={
        <>
          <Choices
            name={t('inboxFilter')}
            value={owner}
            onChange={setOwner}
            choices={[
              { value: '', label: t('followUpsAll') },
              { value: 'me', label: t('inboxMine') },
            ]}
          />
          <Choices
            name={t('followUps')}
            value={state}
            onChange={setState}
            choices={(['open', 'overdue', 'done'] as const).map((value) => ({
              value,
              label: t(names[value]),
            }))}
          />
        </>
      }
    >
      <Cases key={`${state} ${owner}`} state={state} owner={owner || null} />
    </Page>
  )
}

function Cases({ state, owner }: { state: State; owner: 'me' | null }) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const settings = useLoaded('settings', () => api.get<FollowUpSettings>('/follow-up-settings'))
  const first = useLoaded(`${state} ${owner}`, () =>
    api.get<List<Told>>('/follow-ups', { state, owner, limit: 50 }),
  )
  const [more, setMore] = useState<List<Told> | null>(null)
  const [changed, setChanged] = useState<readonly Told[]>([])
  if (first.failed || settings.failed)
    return <Fault text={t('couldNotLoad')} again={first.failed ? first.again : settings.again} />
  if (!first.value || !settings.value) return <Skeleton rows={3} shape="card" />
  const items = [...first.value.items, ...(more?.items ?? [])]
  const cursor = (more ?? first.value).nextCursor
  const load = async () => {
    const next = await api.get<List<Told>>('/follow-ups', { state, owner, limit: 50, cursor })
    if (next.ok) setMore({ ...next.value, items: [...(more?.items ?? []), ...next.value.items] })
  }
  if (items.length === 0)
    return (
      <Empty icon="check" title={t('followUpsEmptyTitle')}>
        <p>{t('followUpsEmptyText')}</p>
      </Empty>
    )
  return (
    <>
      <ul class="follow-ups" aria-label={t('followUps')}>
        {items.map((one) => (
          <Case
            key={one.id}
            followUp={changed.find(({ id }) => id === one.id) ?? one}
            settings={settings.value ?? nothing}
            onChanged={(fresh) => setChanged([fresh, ...changed])}
          />
        ))}
      </ul>
      {cursor !== null && (
        <button type="button" class="button quiet" onClick={() => void load()}>
          {t('showOlder')}
        </button>
      )}
    </>
  )
}

const nothing: FollowUpSettings = { hours: 48, categories: [], causes: [] }

type CaseProps = Parameters<typeof FollowUpForm>[0]

function Case(props: CaseProps) {
  const words = useWords()
  const { conversationId, visitorId } = props.followUp
  const name = useDeskState((desk) => desk.inbox.get(conversationId)?.visitorName ?? null)
  return (
    <li class="card follow-up">
      <header>
        <a href={hrefOf({ screen: 'inbox', conversationId })}>
          <bdi>{visitorName(words, { name, id: visitorId })}</bdi>
        </a>
        <FollowUpState followUp={props.followUp} />
      </header>
      <FollowUpForm {...props} />
    </li>
  )
}
