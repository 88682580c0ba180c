import { latestFirst, type Place, unstarted } from '../state/state.ts'
import { Composer } from './composer.tsx'
import { ConversationScreen } from './conversation.tsx'
import { Header } from './header.tsx'
import { Home } from './home.tsx'
import { ConnectionStatus } from './status.tsx'
import type { View } from './view.ts'

/** The chat as a dialog: beside the page on a desk, in front of it on a phone. */
export function Panel({ view, modal }: { view: View; modal: boolean }) {
  const { screen, state, host, language } = view
  const { locale, dir } = language
  const name = (state.site ?? host.answer?.site)?.name ?? ''
  return (
    // The panel stands where the page's direction puts it; what is inside runs in the visitor's own.
    <section
      class="panel"
      role="dialog"
      aria-label={name}
      aria-modal={modal}
      tabIndex={-1}
      onDragEnter={view.loadKit}
    >
      <div class="inside" lang={locale} dir={dir}>
        <Header view={view} />
        <ConnectionStatus view={view} />
        {screen.name === 'home' ? (
          <Home view={view} />
        ) : (
          <ConversationScreen view={view} place={screen.place} />
        )}
        {/* One field for all screens: whoever is typing while they change goes on typing. */}
        <Composer view={view} place={placeToWrite(view)} />
      </div>
    </section>
  )
}

/** From the home screen one goes on with what is open, or begins anew. */
function placeToWrite({ screen, state }: View): Place {
  if (screen.name === 'conversation') return screen.place
  const [latest] = latestFirst(state)
  return latest?.status === 'open' ? latest.id : unstarted
}
