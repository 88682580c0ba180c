import { useState } from 'preact/hooks'
import type { FollowUpSettings, ToldFollowUp } from '../../shared/follow-up.ts'
import type { List } from '../connection/api.ts'
import { hrefOf } from '../state/route.ts'
import { useDesk, useDeskState, useHeardFollowUps, useSurroundings, useWords } from '../ui/context.tsx'
import { useLoaded, useNow } from '../ui/hooks.tsx'
import { Page } from '../ui/page.tsx'
import { Choices, Empty, Fault, Skeleton } from '../ui/parts.tsx'
import { visitorName } from '../ui/person.ts'
import type { TextKey } from '../ui/words.ts'
import { type CasesAsked, casesNow } from './cases.ts'
import { FollowUpForm, FollowUpState } from './follow-up-form.tsx'

type State = CasesAsked['state']
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
  const me = useDeskState((desk) => desk.me.id)
  const heard = useHeardFollowUps()
  const now = useNow(useDesk().now, 10_000)
  const { list, settings, failed, again, more } = useCases(state, owner)
  if (failed) return <Fault text={t('couldNotLoad')} again={again} />
  if (!list || !settings) return <Skeleton rows={3} shape="card" />
  const cases = casesNow(list, heard, { state, owner: owner && me }, now)
  if (cases.length === 0)
    return (
      <Empty icon="check" title={t('followUpsEmptyTitle')}>
        <p>{t('followUpsEmptyText')}</p>
      </Empty>
    )
  return (
    <>
      <ul class="follow-ups" aria-label={t('followUps')}>
        {cases.map((one) => (
          <Case key={one.id} followUp={one} settings={settings} />
        ))}
      </ul>
      {list.nextCursor !== null && (
        <button type="button" class="button quiet" onClick={more}>
          {t('showOlder')}
        </button>
      )}
    </>
  )
}

/** The pages that were asked for since the last break, and what the house calls its causes. */
function useCases(state: State, owner: 'me' | null) {
  const { api } = useSurroundings()
  const forgotten = useDeskState((desk) => desk.forgotten)
  const version = useDeskState((desk) => desk.workspaceVersion)
  const settings = useLoaded(`${version}`, () => api.get<FollowUpSettings>('/follow-up-settings'))
  const page = (cursor: string | null) =>
    api.get<List<ToldFollowUp>>('/follow-ups', { state, owner, limit: 50, cursor })
  const first = useLoaded(`${forgotten}`, () => page(null))
  const [further, setFurther] = useState<{ since: number; pages: List<ToldFollowUp> } | null>(null)
  const pages = further?.since === forgotten ? further.pages : null
  const list = first.value && {
    items: [...first.value.items, ...(pages?.items ?? [])],
    nextCursor: (pages ?? first.value).nextCursor,
  }
  const more = async () => {
    const next = await page(list?.nextCursor ?? null)
    if (!next.ok) return
    const items = [...(pages?.items ?? []), ...next.value.items]
    setFurther({ since: forgotten, pages: { ...next.value, items } })
  }
  return {
    ...{ list, settings: settings.value, more: () => void more() },
    failed: first.failed || settings.failed,
    again: first.failed ? first.again : settings.again,
  }
}

type CaseProps = Parameters<typeof FollowUpForm>[0]

function Case(props: CaseProps) {
  const words = useWords()
  const { conversationId, visitorId, visitorName: name } = props.followUp
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
