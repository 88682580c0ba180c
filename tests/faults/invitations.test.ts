import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { protocolVersion, type VisitorAnnouncements, type VisitorAnswers } from '../../shared/protocol.ts'
import type {} from '../../widget/loader.ts'
import { openBrowser } from '../support/browser.ts'
import { textAt } from '../support/client.ts'
import { aPage, aToken } from '../support/random.ts'
import { Wire } from '../support/wire.ts'
import { FaultTown } from './people/fault-town.ts'

/** A message that a rule says is said once or not at all, and stands in the record before anybody sees it. */
let town: FaultTown
let browser: Browser
let rules = 0
beforeAll(async () => {
  ;[town, browser] = await Promise.all([FaultTown.open(), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await town?.close()
  expect(town.complaints).toEqual([])
})

/** Speaks on pages whose address has this in it, to whoever asks. */
async function addRule(): Promise<{ id: string; path: string }> {
  const { json } = await town.client().get('/api/v1/sites')
  const [{ id: siteId }] = Object(json).items
  const path = `/demo/?utm_campaign=${++rules}`
  const draft = { version: 2, siteId, name: path, enabled: true, priority: rules, say: { en: 'May I help?' } }
  const when = [{ kind: 'url', glob: `*utm_campaign=${rules}` }]
  const made = await town
    .client()
    .send('POST', '/api/v1/rules', { ...draft, when, holdout: 0, limits: { needsSomebody: false } })
  expect(made.status).toBe(201)
  return { id: textAt(made, 'id'), path }
}

/** How often it stands in the record. */
async function recorded(id: string): Promise<number> {
  const { json } = await town.client().get(`/api/v1/reports/proactive?rule=${id}`)
  return Object(json).rules[0].shown
}

/** A page that counts what is shown on it. */
async function openPage(): Promise<Page> {
  const context = await browser.newContext({ locale: 'en' })
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  await page.addInitScript(() => {
    const shown: string[] = []
    Object.assign(window, { shown })
    document.addEventListener('ahlan:invite:shown', () => shown.push('shown'))
  })
  return page
}

const bubble = (page: Page) => page.getByRole('status').getByText('May I help?')

describe('a message on its way to a page', () => {
  const answer = /"because":"shown"/
  const faults = [
    { fault: 'is cut off with its answer', after: 0 },
    { fault: 'is cut off half-way through', after: 40 },
  ]

  it.each(faults)('T91 T118 that $fault is said once, and on record once', async ({ after }) => {
    const { id, path } = await addRule()
    const net = await town.openNet()
    const page = await openPage()
    net.set({ name: 'cut', after, at: answer }, 'down')
    const cut = net.nextCut()
    await page.goto(net.url + path)
    await cut
    expect(await recorded(id)).toBe(1)
    net.heal()
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    await bubble(page).waitFor()
    expect(await page.evaluate('shown')).toEqual(['shown'])
    expect(await recorded(id)).toBe(1)
    await page.context().close()
  })

  it('T118 that comes over a slow line is said once, and stays when its page is loaded again meanwhile', async () => {
    const { id, path } = await addRule()
    const net = await town.openNet()
    const page = await openPage()
    await page.goto(net.url + path)
    net.set({ name: 'delay', ms: 100 })
    await expect.poll(() => recorded(id), { timeout: 20_000 }).toBe(1)
    await page.reload()
    await bubble(page).waitFor()
    expect(await page.evaluate('shown')).toEqual(['shown'])
    expect(await recorded(id)).toBe(1)
    await page.context().close()
  })
})

describe('a server that dies while two tabs ask', () => {
  type VisitorWire = Wire<VisitorAnswers, VisitorAnnouncements>

  async function tab(token: string): Promise<VisitorWire> {
    const url = town.house.url
    const auth = { site: 'demo', page: aPage(), token, consent: 'granted', locale: 'en', device: 'desktop' }
    const wire: VisitorWire = await Wire.open(`${url}/visitor`, { auth, extraHeaders: { origin: url } })
    const view = { url: `${url}/demo/?utm_campaign=${rules}`, title: '', referrer: '' }
    await wire.get('hello', { protocolVersion, resume: null, view })
    return wire
  }
  /** Names of what was shown for certain. */
  const asks = (wires: readonly VisitorWire[], ruleId: string) =>
    Promise.all(
      wires.map((wire) =>
        wire.ask('invite:ask', { ruleId: Object(ruleId), secondsOnPage: 1 }).then(
          (answer) => (answer.ok && answer.invitation ? [answer.invitation.inviteId] : []),
          () => [],
        ),
      ),
    )

  it.each([0, 8])(
    'T90 T118 %d turns after they asked: nobody is told twice, and who was told is on record',
    async (turns) => {
      const { id } = await addRule()
      const token = aToken()
      const wires = [await tab(token), await tab(token)]
      const answers = asks(wires, id)
      for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve))
      await town.kill()
      const before = (await answers).flat()
      await town.start()
      const again = [await tab(token), await tab(token)]
      const after = (await asks(again, id)).flat()
      const names = new Set([...before, ...after])
      expect(names.size).toBeLessThanOrEqual(1)
      expect(await recorded(id)).toBe(1)
      for (const wire of [...wires, ...again]) wire.close()
    },
  )
})
