import { ConversationScreen } from './conversation.tsx'
import { ConnectionStatus, Header } from './header.tsx'
import { Home } from './home.tsx'
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
      </div>
    </section>
  )
}
