import { describe, expect, it } from 'vitest'
import type { Guest } from '../support/guest.ts'
import { useTown } from '../support/town.ts'
import { siteOf } from '../support/visitor.ts'

const town = useTown()

/** Idle comes when the test says so. */
const holdIdle = 'window.requestIdleCallback = (run) => { window.comeIdle = run; return 1 }'

const comeIdle = (guest: Guest) =>
  guest.page.evaluate(() => Reflect.apply(Reflect.get(window, 'comeIdle'), window, []))

/** Opens the chat, writes, and reads the answer. */
async function talks(guest: Guest, text: string): Promise<void> {
  await guest.open()
  await guest.says(text)
  await town.answers(await town.conversation(), `Answer to ${text}`)
  await guest.log.getByText(`Answer to ${text}`).waitFor()
}

/** How many roots the chat has in the page, and whether they are open. */
const roots = (guest: Guest) =>
  guest.page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter(({ localName }) => localName.startsWith('ahlan'))
      .map((element) => [element.parentElement?.localName, element.shadowRoot?.mode]),
  )

describe('the weight of the chat', () => {
  it('H1 asks for the script alone before idle, then tells one page view; no socket, no third party', async () => {
    const guest = await town.guest({ prepare: holdIdle })
    await town.agent()
    await guest.page.goto(town.page('/light'))
    await guest.page.waitForFunction(() => 'comeIdle' in window)
    const ours = () => guest.requests.filter((url) => url.startsWith(town.world.url))
    expect(ours()).toEqual([`${town.world.url}/widget.js`])
    expect(guest.sockets).toEqual([])
    await comeIdle(guest)
    await guest.launcher.waitFor()
    expect(ours().slice(0, 2)).toEqual([`${town.world.url}/widget.js`, `${town.world.url}/v1/page-views`])
    await talks(guest, 'Who else was asked?')
    const known = [town.world.url, town.shop.origin]
    expect(guest.requests.filter((url) => !known.includes(new URL(url).origin))).toEqual([])
    expect(guest.sockets).toHaveLength(1)
  })
})

describe('the place of the chat in the page', () => {
  it('H2 is one open shadow root on the root element, whatever is shown', async () => {
    const guest = await town.guest()
    await guest.goto(town.page('/one-root'))
    expect(await roots(guest)).toEqual([['html', 'open']])
    await talks(guest, 'Where do you live?')
    expect(await roots(guest)).toEqual([['html', 'open']])
  })

  it('H2 lives on when the body is replaced, open or closed', async () => {
    const guest = await town.guest()
    await guest.goto(town.page('/replaced'))
    const replace = () => guest.page.evaluate(() => document.body.replaceWith(document.createElement('body')))
    await replace()
    await talks(guest, 'Still there?')
    await replace()
    await guest.says('And now?')
    await guest.button('closeChat').click()
    await guest.launcher.waitFor()
  })
})

describe('a page that knows the chat already', () => {
  it('H8 counts the script once, however often it stands there', async () => {
    const guest = await town.guest()
    await town.agent()
    await guest.goto(town.page('/twice', { head: town.tag() }))
    await guest.page.evaluate(
      (src) =>
        new Promise((done) => {
          const again = document.createElement('script')
          again.src = src
          again.dataset.site = 'demo'
          again.onload = done
          document.head.append(again)
        }),
      `${town.world.url}/widget.js`,
    )
    await talks(guest, 'Once or twice?')
    expect(await roots(guest)).toHaveLength(1)
    expect(guest.sockets).toHaveLength(1)
    expect(guest.requests.filter((url) => url.endsWith('/v1/page-views'))).toHaveLength(1)
  })
})

describe('a strict page', () => {
  it('H6 lets the chat work with script-src and connect-src alone, Trusted Types on', async () => {
    const ours = town.world.url
    // To a browser a socket's address is another source than that of its host.
    const policy = [
      `default-src 'none'; script-src ${ours}; connect-src ${ours} ${ours.replace('http', 'ws')}`,
      `require-trusted-types-for 'script'; trusted-types 'none'`,
    ].join('; ')
    const guest = await town.guest()
    const agent = await town.agent()
    await guest.goto(town.page('/strict', { headers: { 'content-security-policy': policy } }))
    await talks(guest, 'Is it strict here?')
    await agent.wire.get('conversation:close', { conversationId: await town.conversation() })
    await guest.button('closeChat').click()
    expect(siteOf(town.world).origins).toContain(town.shop.origin)
  })
})

describe('what a page says wrongly', () => {
  it('H10 is refused when no frame could hold it, and the chat goes on', async () => {
    town.guard.allow(/Ahlan: (set|identify|send|track)/)
    const guest = await town.guest()
    await guest.goto(town.page('/too-much'))
    await guest.open()
    await guest.says('Before')
    await guest.page.evaluate(() => {
      const much = 'x'.repeat(100_000)
      for (const command of ['set', 'identify', 'send', 'track']) window.Ahlan?.(command, much, { much })
      window.Ahlan?.('set', { cart: much })
      window.Ahlan?.('identify', { name: much })
    })
    await guest.says('After')
    await guest.page.reload()
    await guest.says('On the next page')
  })

  it('H3 never rejects in the page, though it throws when it is looked at', async () => {
    town.guard.allow(/Ahlan: open/)
    const guest = await town.guest()
    await guest.goto(town.page('/throws'))
    const rejected = await guest.page.evaluate(async () => {
      const reasons: string[] = []
      addEventListener('unhandledrejection', ({ reason }) => reasons.push(String(reason)))
      const opened = new Promise((resolve) => document.addEventListener('ahlan:opened', resolve))
      const view = {
        get prefill() {
          throw new Error('not to be read')
        },
      }
      window.Ahlan?.('open', view)
      window.Ahlan?.('open')
      await opened
      return reasons
    })
    expect(rejected).toEqual([])
  })
})
