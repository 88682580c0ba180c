import { afterEach, beforeEach, vi } from 'vitest'
import type { VisitorAuth } from '../../shared/protocol.ts'
import { type Announcement, type Link, type LinkOptions, openLink } from '../../widget/connection/link.ts'
// Loaded before time stands still.
import '../../widget/connection/polling.ts'
import { mint } from '../../widget/page/settings.ts'

/** The other end of a WebSocket, played by hand. */
export class Line {
  static opened: Line[] = []
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: (() => void) | null = null
  sent: string[] = []
  open = true
  constructor(readonly address: string) {
    Line.opened.push(this)
  }
  send(frame: string): void {
    this.sent.push(frame)
  }
  close(): void {
    this.open = false
  }
  says(...frames: string[]): void {
    for (const data of frames) this.onmessage?.({ data })
  }
  drops(): void {
    this.onclose?.()
  }
}

export const handshake = '0{"sid":"e","pingInterval":20000,"pingTimeout":15000}'
export const joined = '40/visitor,{"sid":"s"}'
export const auth: VisitorAuth = {
  ...{ site: mint('demo'), page: mint('p'.repeat(22)), consent: 'essential', locale: 'en' },
  device: 'desktop',
}

export const openQuiet = (told: Partial<LinkOptions> = {}): Link =>
  openLink({
    ...{ pollUntil: () => 0, polls: quiet },
    ...{ base: 'https://chat.example', auth: () => auth },
    ...{ connected: quiet, disconnected: quiet, refused: quiet, announced: quiet },
    ...told,
  })
const quiet = () => undefined

/** A link of the widget whose other end is played by hand, on a clock moved by hand. */
export interface PlayedLink {
  link: Link
  /** What it told of itself, in order. */
  happened: string[]
  heard: Announcement[]
}

/** Call once in a file: each of its tests has a link of its own. */
export function usePlayedLink(): PlayedLink {
  let played: PlayedLink
  beforeEach(() => {
    played = playLink()
  })
  afterEach(() => {
    played.link.sleep()
    vi.useRealTimers()
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })
  return {
    get link() {
      return played.link
    },
    get happened() {
      return played.happened
    },
    get heard() {
      return played.heard
    },
  }
}

function playLink(): PlayedLink {
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', Line)
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => Promise.reject(new Error('nobody there'))),
  )
  vi.spyOn(Math, 'random').mockReturnValue(1)
  Line.opened = []
  const [happened, heard]: [string[], Announcement[]] = [[], []]
  const link = openQuiet({
    connected: () => happened.push('connected'),
    disconnected: () => happened.push('disconnected'),
    refused: (reason) => happened.push(`refused ${reason}`),
    announced: (one) => heard.push(one),
  })
  return { link, happened, heard }
}

/** The line that was opened last. */
export const line = (): Line => {
  const last = Line.opened.at(-1)
  if (!last) throw new Error('No line was opened.')
  return last
}

export const join = (): void => line().says(handshake, joined)

/** In, and its first request answered. */
export async function answered(link: Link): Promise<void> {
  join()
  const asked = link.ask('page:leave', {})
  line().says('43/visitor,1[{"ok":true}]')
  await asked
}

/** Lets what was started without a timer come to its end. */
export async function settle(): Promise<void> {
  await vi.dynamicImportSettled()
  await vi.advanceTimersByTimeAsync(0)
}
