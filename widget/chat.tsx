import type { Client } from './live/client.ts'
import type { Chat, Host } from './page/host.ts'
import { ChatPanel } from './ui/chat-panel.tsx'

/** Puts the panel into the page, closed. */
export const mount = (host: Host, client: Client): Chat => new ChatPanel(host, client)
