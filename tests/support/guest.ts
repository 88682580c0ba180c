import type { BrowserContext, Locator, Page, WebSocket } from 'playwright-core'
import { openChatLabels } from '../../shared/launcher.ts'
import type { Locale } from '../../shared/locale.ts'
import { ratingWords, usualQuestions } from '../../shared/survey-words.ts'
import { changeRating } from '../../widget/ui/texts/change-rating.ts'
import type { Texts } from '../../widget/ui/texts/texts.ts'

const openChat = new RegExp(Object.values(openChatLabels).join('|'))

/** What the server says when it asks how it was. */
export const asked = (locale: Locale) => ({
  ...ratingWords[locale],
  surveyQuestion: usualQuestions.csat[locale],
  changeRating: changeRating[locale],
})

type Words = Texts & ReturnType<typeof asked>

/** A visitor's browser on a page with the chat, as it can be seen and used. */
export class Guest {
  readonly page: Page
  readonly words: Words
  /** Addresses asked for, in order. */
  readonly requests: string[] = []
  readonly sockets: WebSocket[] = []
  /** What the page has told its server over sockets, frame by frame. */
  readonly frames: string[] = []
  /** What it was told, likewise. */
  readonly heard: string[] = []

  constructor(page: Page, words: Texts & Partial<Words>) {
    this.page = page
    this.words = { ...asked('en'), ...words }
    page.on('request', (request) => this.requests.push(request.url()))
    page.on('websocket', (socket) => {
      this.sockets.push(socket)
      socket.on('framesent', ({ payload }) => this.frames.push(String(payload)))
      socket.on('framereceived', ({ payload }) => this.heard.push(String(payload)))
    })
  }

  get context(): BrowserContext {
    return this.page.context()
  }
  /** The same visitor in another tab. */
  in(page: Page): Guest {
    return new Guest(page, this.words)
  }

  get launcher(): Locator {
    return this.page.getByRole('button', { name: openChat })
  }
  get dialog(): Locator {
    return this.page.getByRole('dialog')
  }
  get log(): Locator {
    return this.page.getByRole('log', { name: this.words.conversation })
  }
  get field(): Locator {
    return this.page.getByRole('textbox', { name: this.words.message })
  }
  get survey(): Locator {
    return this.page.getByRole('group', { name: this.words.surveyQuestion })
  }
  get bubble(): Locator {
    return this.page.getByRole('status').filter({ has: this.button('dismiss') })
  }

  button(name: 'closeChat' | 'endChat' | 'endConfirm' | 'endCancel' | 'skip' | 'sendRating'): Locator
  button(name: 'reply' | 'dismiss' | 'back' | 'changeRating'): Locator
  button(name: keyof Words): Locator {
    return this.page.getByRole('button', { name: String(this.words[name]), exact: true })
  }

  async goto(address: string): Promise<void> {
    await this.page.goto(address)
    await this.launcher.waitFor()
  }

  async open(): Promise<void> {
    await this.launcher.click()
    await this.field.waitFor()
  }

  /** Writes and waits until the server has it. */
  async says(text: string): Promise<void> {
    await this.writes(text)
    await this.log.locator('.group', { hasText: text }).getByText(this.confirmed).waitFor()
  }

  async writes(text: string): Promise<void> {
    // A tab behind another is painted once a second, and nothing is clicked between two paints.
    await this.page.bringToFront()
    await this.field.fill(text)
    await this.page.getByRole('button', { name: this.words.send, exact: true }).click()
    await this.log.getByText(text).waitFor()
  }

  /** What stands below a message that is safe on the server. */
  get confirmed(): RegExp {
    return new RegExp(`^(${this.words.sent}|${this.words.delivered}|${this.words.seen})$`)
  }

  /** Everything this browser has stored for the page. */
  stored(): Promise<Stored> {
    return this.page.evaluate(async () => ({
      local: Object.keys(localStorage),
      session: Object.keys(sessionStorage),
      databases: (await indexedDB.databases()).map(({ name }) => name ?? ''),
      cookies: document.cookie,
    }))
  }

  /** Every movement of what was already painted. */
  shifts(): Promise<string[]> {
    return this.page.evaluate(() =>
      Array.from(Reflect.apply(Reflect.get(window, 'layoutShifts'), window, [])),
    )
  }
}

export interface Stored {
  local: string[]
  session: string[]
  databases: string[]
  cookies: string
}

export const nothingStored: Stored = { local: [], session: [], databases: [], cookies: '' }

/**
 * Runs before the page's own scripts: notes whatever of the page moves, where from and where to. Within the open
 * chat things may move, as after every message; nodes inside its root are told as null.
 */
export function watchShift(): void {
  interface Source {
    node: Node | null
    previousRect: DOMRectReadOnly
    currentRect: DOMRectReadOnly
  }
  const shifts: string[] = []
  const isOpen = () => {
    const chat: unknown = Reflect.get(window, 'Ahlan')
    return typeof chat === 'function' && chat('get', 'state') === 'open'
  }
  const place = ({ x, y, width, height }: DOMRectReadOnly) => `${width}×${height} at ${x},${y}`
  const count = (entries: PerformanceEntryList) => {
    for (const entry of entries) {
      const sources: Source[] = Reflect.get(entry, 'sources')
      const value = Number(Reflect.get(entry, 'value'))
      if (value === 0 || (sources.every(({ node }) => node === null) && isOpen())) continue
      const moves = sources.map(
        ({ node, previousRect, currentRect }) =>
          `${node?.nodeName ?? 'in the chat'} from ${place(previousRect)} to ${place(currentRect)}`,
      )
      shifts.push([value, `${entry.startTime} ms`, ...moves].join(', '))
    }
  }
  const observer = new PerformanceObserver((list) => count(list.getEntries()))
  observer.observe({ type: 'layout-shift', buffered: true })
  Object.defineProperty(window, 'layoutShifts', {
    value: () => {
      count(observer.takeRecords())
      return shifts
    },
  })
}
