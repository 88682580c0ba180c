import { initials } from '../../shared/text/initials.ts'
import { timelineAt } from '../state/state.ts'
import { Icon } from './icons.tsx'
import type { View } from './view.ts'

/** Who is there, when they answer, and the way back and out. */
export function Header({ view }: { view: View }) {
  const { state, language, screen, host } = view
  const { texts } = language
  const site = state.site ?? host.answer?.site
  // Office hours may have begun without this page being told.
  const now = view.now()
  return (
    <header class="header">
      {screen.name === 'conversation' && (
        <IconButton name="back" label={texts.back} run={() => view.go({ name: 'home' })} />
      )}
      {screen.name === 'home' && <Faces view={view} />}
      <div class="who">
        <h2>
          <bdi>{site?.name}</bdi>
        </h2>
        <p>{site?.opens && site.opens > now ? language.back(site.opens, now) : site?.replyTime}</p>
      </div>
      {canEnd(view) && (
        <button type="button" class="quiet" onClick={() => view.askToEnd(true)}>
          {texts.endChat}
        </button>
      )}
      <IconButton name="close" label={texts.closeChat} run={view.close} />
    </header>
  )
}

export const IconButton = ({ name, label, run }: { name: 'close' | 'back'; label: string; run(): void }) => (
  <button type="button" class="icon-button" aria-label={label} onClick={run}>
    <Icon name={name} />
  </button>
)

/** Only where they leave the name its room: in a conversation the way back and the end stand beside it. */
const Faces = ({ view: { state } }: { view: View }) => (
  <span class="faces" aria-hidden="true">
    {state.team.slice(0, 3).map(({ id, name }) => (
      <span key={id} class="face">
        {initials(name)}
      </span>
    ))}
  </span>
)

const canEnd = ({ screen, state, ending }: View): boolean =>
  !ending && screen.name === 'conversation' && timelineAt(state, screen.place).conversation?.status === 'open'
