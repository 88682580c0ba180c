import { keep } from '../page/keep.ts'
import type { ProactiveOptions } from './proactive-options.ts'

/** As `ui/stage.ts` has it, which is not downloaded yet. */
const isPhone = (): boolean => matchMedia('(max-width: 480px)').matches

/**
 * Opens the chat without the visitor having asked for it: nothing is stored until they make use of it, and who is
 * writing something in the page goes on writing. False where it would cover what they write.
 */
export async function openInvited({ host, client }: ProactiveOptions): Promise<boolean> {
  if (isWriting() && isPhone()) return false
  await host.run('open', 'invited')
  if (host.state !== 'open') return false
  const root = host.root()
  const used = new AbortController()
  const use = ({ target }: Event) => {
    // To close it is not to use it.
    if (target instanceof Element && target.closest('.header')) return
    used.abort()
    keep(host, { open: true, opened: true })
    client().keep()
  }
  for (const sign of ['input', 'click', 'paste', 'drop'])
    root.addEventListener(sign, use, { capture: true, signal: used.signal })
  document.addEventListener('ahlan:closed', () => used.abort(), { signal: used.signal })
  host.gone.addEventListener('abort', () => used.abort())
  if (!isWriting())
    root.querySelector<HTMLElement>(isPhone() ? '[role=dialog]' : '.composer textarea')?.focus()
  return true
}

/** Somebody is writing in the page itself. What is in a frame cannot be seen, and is not disturbed. */
function isWriting(): boolean {
  let active = document.activeElement
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
  const isField = active?.matches('input, textarea, select, iframe') ?? false
  return isField || (active instanceof HTMLElement && active.isContentEditable)
}
