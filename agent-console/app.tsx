import { useEffect, useMemo } from 'preact/hooks'
import type { SignedInAgent } from '../shared/agent.ts'
import { direction } from '../shared/locale.ts'
import { Alerts } from './alerts/alerts.tsx'
import { ConnectionNotice, StillIn } from './connection-notice.tsx'
import { Conversation } from './conversation/conversation.tsx'
import { ProvideTargets } from './due/target-house.tsx'
import { FollowUpsScreen } from './follow-ups/follow-ups-screen.tsx'
import { InboxList } from './inbox/inbox-list.tsx'
import { NothingOpen } from './inbox/nothing-open.tsx'
import { ProactiveScreen } from './proactive/proactive-screen.tsx'
import { Rail } from './rail.tsx'
import { ReportsScreen } from './reports/reports-screen.tsx'
import { Wall } from './reports/wall.tsx'
import { SettingsScreen } from './settings/settings-screen.tsx'
import { Asking } from './sign-in/asking.tsx'
import { SetUp } from './sign-in/set-up.tsx'
import { SignIn } from './sign-in/sign-in.tsx'
import type { Session } from './state/doorkeeper.ts'
import { parseRoute, type Route } from './state/route.ts'
import type { Store } from './state/store.ts'
import {
  createWords,
  type Preferences,
  ProvideDesk,
  ProvideSurroundings,
  type Surroundings,
} from './ui/context.tsx'
import { useSelected } from './ui/hooks.tsx'
import { VisitorsScreen } from './visitors/visitors-screen.tsx'

export interface AppProps {
  surroundings: Omit<Surroundings, 'words'>
  session: Store<Session>
  /** The fragment of the address. */
  place: Store<string>
  onSignedIn: (agent: SignedInAgent) => void
  onSignOut: () => void
}

export function App({ surroundings, session, place, onSignedIn, onSignOut }: AppProps) {
  const preferences = useSelected(surroundings.preferences, (held) => held)
  const words = useMemo(() => createWords(preferences.locale), [preferences.locale])
  const now = useSelected(session, (held) => held)
  const route = parseRoute(useSelected(place, (hash) => hash))
  useDress(preferences)
  return (
    <ProvideSurroundings value={{ ...surroundings, words }}>
      {now.name === 'in' ? (
        <ProvideDesk value={now.desk}>
          <SignedIn route={route} stillIn={now.signOutFailed} onSignOut={onSignOut} />
        </ProvideDesk>
      ) : route.screen === 'setup' ? (
        <SetUp secret={route.secret} onSignedIn={onSignedIn} />
      ) : now.name === 'asking' ? (
        <Asking unreachable={now.unreachable} />
      ) : (
        <SignIn ended={now.ended} waiting={now.waiting} onSignedIn={onSignedIn} />
      )}
    </ProvideSurroundings>
  )
}

/** Language, direction and colours stand on the root, where styles and assistive tools look for them. */
function useDress({ locale, theme }: Preferences): void {
  useEffect(() => {
    const root = document.documentElement
    root.lang = locale
    root.dir = direction(locale)
    root.dataset.theme = theme
  }, [locale, theme])
}

interface SignedInProps {
  route: Route
  /** They wished to sign out, and could not. */
  stillIn: boolean
  onSignOut: () => void
}

const SignedIn = (props: SignedInProps) =>
  props.route.screen === 'wall' ? <Wall site={props.route.site} /> : <House {...props} />

const House = ({ route, stillIn, onSignOut }: SignedInProps) => (
  <ProvideTargets>
    <div class={route.screen === 'inbox' && route.conversationId ? 'house in-conversation' : 'house'}>
      <Rail screen={route.screen} onSignOut={onSignOut} />
      <main class="room">
        <ConnectionNotice />
        {stillIn && <StillIn onSignOut={onSignOut} />}
        <Screen route={route} onSignOut={onSignOut} />
        <Alerts opened={route.screen === 'inbox' ? route.conversationId : null} />
      </main>
    </div>
  </ProvideTargets>
)

function Screen({ route, onSignOut }: { route: Route; onSignOut: () => void }) {
  switch (route.screen) {
    case 'visitors':
      return <VisitorsScreen query={route.query} />
    case 'reports':
      return <ReportsScreen view={route.view} />
    case 'follow-ups':
      return <FollowUpsScreen />
    case 'proactive':
      return <ProactiveScreen />
    case 'settings':
      return <SettingsScreen onSignOut={onSignOut} />
    case 'inbox':
    case 'wall':
    case 'setup': {
      const id = route.screen === 'inbox' ? route.conversationId : null
      return (
        <div class={id ? 'inbox-layout open' : 'inbox-layout'}>
          <InboxList opened={id} />
          {id ? (
            <Conversation key={id} id={id} entry={route.screen === 'inbox' ? route.entry : undefined} />
          ) : (
            <NothingOpen />
          )}
        </div>
      )
    }
  }
}
