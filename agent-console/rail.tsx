import type { AgentStatus } from '../shared/agent.ts'
import type { Screen } from './state/route.ts'
import { useDesk, useDeskState, useWords } from './ui/context.tsx'
import { figure } from './ui/format.ts'
import { Icon, type IconName, Logo } from './ui/icons.tsx'
import { Avatar, Dot } from './ui/parts.tsx'

const places: readonly {
  screen: Screen & ('inbox' | 'visitors' | 'reports' | 'proactive' | 'settings')
  icon: IconName
}[] = [
  { screen: 'inbox', icon: 'inbox' },
  { screen: 'visitors', icon: 'visitors' },
  { screen: 'reports', icon: 'reports' },
  { screen: 'proactive', icon: 'proactive' },
  { screen: 'settings', icon: 'settings' },
]

export function Rail({ screen, onSignOut }: { screen: Screen; onSignOut: () => void }) {
  const { t, count } = useWords()
  const { waiting, visitors: live } = useDeskState((desk) => desk.totals)
  const counts = { inbox: waiting, visitors: live, reports: 0, proactive: 0, settings: 0 }
  return (
    <header class="rail">
      <a class="rail-sign" href="#/inbox" aria-label={t('product')}>
        <Logo />
      </a>
      <nav aria-label={t('main')}>
        <ul class="rail-places">
          {places.map((place) => (
            <li key={place.screen}>
              <Place
                {...place}
                here={place.screen === screen}
                count={counts[place.screen]}
                about={
                  place.screen === 'inbox' ? count('peopleWaiting', waiting) : count('peopleOnSite', live)
                }
              />
            </li>
          ))}
        </ul>
      </nav>
      <Self onSignOut={onSignOut} />
    </header>
  )
}

interface PlaceProps {
  screen: (typeof places)[number]['screen']
  icon: IconName
  here: boolean
  count: number
  about: string
}

/** The count is described, not part of the name: the place is called the same at every hour. */
function Place({ screen, icon, here, count, about }: PlaceProps) {
  const words = useWords()
  return (
    <>
      <a
        class="rail-place"
        href={`#/${screen}`}
        aria-current={here ? 'page' : undefined}
        aria-describedby={count > 0 ? `about-${screen}` : undefined}
      >
        <Icon name={icon} size={22} />
        <span class="rail-name">{words.t(screen)}</span>
        {count > 0 && (
          <span class={screen === 'inbox' ? 'rail-count urgent' : 'rail-count'} aria-hidden="true">
            {count > 99 ? `${figure(words, 99)}+` : figure(words, count)}
          </span>
        )}
      </a>
      {count > 0 && (
        <span id={`about-${screen}`} hidden>
          {about}
        </span>
      )}
    </>
  )
}

const statuses: readonly AgentStatus[] = ['online', 'away', 'offline']
const statusNames = { online: 'statusOnline', away: 'statusAway', offline: 'statusOffline' } as const

function Self({ onSignOut }: { onSignOut: () => void }) {
  const { t } = useWords()
  const desk = useDesk()
  const me = useDeskState((state) => state.me)
  // Without a connection colleagues and visitors see this agent as offline, whatever was chosen.
  const status = useDeskState((state) => (state.connection.name === 'live' ? state.status : 'offline'))
  return (
    <details class="self">
      <summary aria-label={t('ownMenu', { name: me.name, status: t(statusNames[status]) })}>
        <Avatar id={me.id} name={me.name} size="s" />
        <Dot state={status} />
      </summary>
      <div class="self-menu">
        <p class="self-name">
          <bdi>{me.name}</bdi>
        </p>
        <p class="self-email">
          <bdi dir="ltr">{me.email}</bdi>
        </p>
        <fieldset aria-label={t('ownStatus')}>
          {statuses.map((one) => (
            <button
              key={one}
              type="button"
              class="menu-item"
              aria-pressed={one === status}
              onClick={() => desk.setStatus(one)}
            >
              <Dot state={one} />
              {t(statusNames[one])}
            </button>
          ))}
        </fieldset>
        <button type="button" class="menu-item" onClick={onSignOut}>
          <Icon name="door" size={18} />
          {t('signOut')}
        </button>
      </div>
    </details>
  )
}
