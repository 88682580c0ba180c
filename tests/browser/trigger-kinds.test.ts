import { afterAll, beforeAll, expect, it } from 'vitest'
import { kinds } from '../../shared/triggers/kinds/kinds.ts'
import type { Condition, ConditionKind } from '../../shared/triggers/rule.ts'
import type {} from '../../widget/loader.ts'
import { attend, type SocketAgent } from '../support/agent.ts'
import { textAt } from '../support/client.ts'
import type { Guest } from '../support/guest.ts'
import { knownVisitor } from '../support/known-visitor.ts'
import { type GuestOptions, useTown } from '../support/town.ts'
import { siteOf } from '../support/visitor.ts'

const town = useTown()

type Asked<Kind extends ConditionKind> = Omit<Extract<Condition, { kind: Kind }>, 'kind'>
type Act = (guest: Guest) => Promise<unknown>

/** What is asked beside the page's address, and what then makes it hold; nothing where it holds as one comes. */
type Examples = { [Kind in ConditionKind]?: [Asked<Kind>, Act?, Coming?] }
type Example = [object, Act?, Coming?]

const entriesOf = (examples: Examples): [ConditionKind, Example][] =>
  kinds.flatMap(({ id }): [ConditionKind, Example][] => (examples[id] ? [[id, examples[id]]] : []))

/** How the visitor comes, where that matters. */
interface Coming extends GuestOptions {
  query?: string
  referer?: string
  /** Was here before. */
  known?: boolean
  nobody?: boolean
  /** As a proxy in front of the server says it. */
  country?: string
}

const says =
  (...command: [name: string, ...values: unknown[]]): Act =>
  ({ page }) =>
    page.evaluate((given) => window.Ahlan?.(...given), command)
const waits =
  (seconds: number): Act =>
  ({ page }) =>
    page.clock.fastForward(seconds * 1_000)
const moves =
  (change: string): Act =>
  ({ page }) =>
    page.evaluate(change)
const inTurn =
  (...acts: Act[]): Act =>
  async (guest) => {
    for (const act of acts) await act(guest)
  }
const looks: Act = async (guest) => {
  await guest.open()
  await guest.button('closeChat').click()
}
const somebodyIs = async (status: 'online' | 'offline'): Promise<void> => {
  await sara.wire.get('status:set', { status })
}
const patient = { timeout: 10_000 }
const before = { seconds: 86_400 } as const
const known = { known: true }

/** What only the page sees: proved in each place. */
const ofPages: Examples = {
  secondsOnPage: [{ atLeast: 40 }, waits(41)],
  scroll: [{ atLeast: 90 }, ({ page }) => page.mouse.wheel(0, 20_000)],
  idle: [{ atLeast: 50 }, inTurn(({ page }) => page.mouse.move(9, 9), waits(51))],
  exitIntent: [
    {},
    inTurn(
      ({ page }) => page.mouse.move(90, 90),
      waits(6),
      ({ page }) => page.mouse.move(90, -9),
    ),
  ],
  widgetOpened: [{}, looks],
  click: [{ selector: '.size' }, ({ page }) => page.getByText('Large').click()],
  elementSeen: [
    { selector: '#sale[data-open]' },
    inTurn(
      moves(
        `document.body.append(Object.assign(document.createElement('p'), { id: 'sale', textContent: 'Sale' }))`,
      ),
      moves(`document.querySelector('#sale').dataset.open = ''; scrollTo(0, document.body.scrollHeight)`),
    ),
  ],
}

/** What the server knows, or both. */
const ofServers: Examples = {
  url: [{ glob: '*/url/*' }],
  urlIs: [{ address: '/app/urlIs/2' }],
  title: [{ glob: 'Bowls*' }, moves(`document.title = 'Bowls, large'; history.pushState(0, '', '#/bowls')`)],
  pageViews: [{ atLeast: 3 }, moves(`history.pushState(0, '', '#/more')`)],
  referrer: [{ glob: 'https://news.example/*' }, undefined, { referer: 'https://news.example/' }],
  utm: [{ field: 'campaign', glob: 'spring*' }, undefined, { query: '?utm_campaign=spring-26' }],
  event: [
    { name: 'sized', atLeast: 2, where: { property: 'size', that: { op: 'atLeast', value: 9 } } },
    inTurn(says('track', 'sized', { size: 9 }), says('track', 'sized', { size: 12 })),
  ],
  cartAbandoned: [
    { seconds: 20, worth: 9 },
    inTurn(says('track', 'cart', { items: 2, value: 30 }), waits(25)),
  ],
  visits: [{ atLeast: 4 }, undefined, known],
  returning: [{ is: true }, undefined, known],
  secondsOnSite: [{ atLeast: 20 }, waits(25)],
  attribute: [{ name: 'plan', that: { op: 'is', value: 'pro' } }, says('set', { plan: 'pro' })],
  tag: [{ tag: 'vip' }, says('tag', 'vip')],
  segment: [{ segment: 'Buyers' }, says('tag', 'buyer')],
  leadScore: [{ atLeast: 10 }, says('tag', 'keen')],
  language: [{ anyOf: ['de'] }, undefined, { locale: 'de-AT' }],
  device: [{ is: 'phone' }, undefined, { userAgent: 'Mozilla/5.0 (Linux; Android 16) Chrome/150 Mobi' }],
  country: [{ anyOf: ['IR'] }, undefined, { country: 'IR' }],
  lastChat: [{ ago: 'atLeast', ...before }, undefined, known],
  lastSeen: [{ ago: 'atLeast', ...before }, undefined, known],
  somebodyCanAnswer: [{}, () => somebodyIs('online'), { nobody: true }],
  agentsOnline: [{ atLeast: 1 }, () => somebodyIs('online'), { nobody: true }],
  teamOnline: [{ team: 'Sales' }, () => somebodyIs('online'), { nobody: true }],
  queueBelow: [{ below: 5 }],
  schedule: [{ timeZone: 'Asia/Tehran', weekly: [] }],
}

const places = ['pages', 'app', 'rtl'] as const
type Place = (typeof places)[number]

const body = `<h1>Vases</h1><button class="size"><span>Large</span></button>
<a href="2">Next</a><p style="block-size: 300vh">Long</p>`

/** To the page of this kind: as second page of a site, as second view of an application, or from right to left. */
async function comes(
  guest: Guest,
  place: Place,
  kind: string,
  { query = '', referer }: Coming,
): Promise<void> {
  const path = `/${place}/${kind}/`
  const shown = place === 'rtl' ? ({ body, lang: 'fa', dir: 'rtl' } as const) : { body }
  for (const name of ['1', '2']) town.page(path + name, shown)
  await guest.page.clock.install()
  const first = place === 'rtl' ? '2' : '1'
  await guest.page.goto(town.shop.origin + path + first + query, referer ? { referer } : {})
  await guest.launcher.waitFor()
  if (place === 'pages') await guest.page.getByText('Next').click()
  if (place === 'app') await guest.page.evaluate((to) => history.pushState(null, '', to), '2')
  await expect.poll(() => guest.frames.some((frame) => frame.includes(`${path}2`)), patient).toBe(true)
}

const ruleOf = (kind: ConditionKind, asked: object, text: string) => ({
  ...{ version: 2, siteId: siteOf(town.world).id, name: kind, enabled: true, priority: 1, holdout: 0 },
  ...{ say: { en: text }, limits: { needsSomebody: false } },
  when: [
    { kind: 'url', glob: `*/${kind}/2*` },
    { kind, ...asked },
  ],
})

const rules = new Map<ConditionKind, string>()
const textOf = (kind: ConditionKind) => `You are welcome: ${kind}`

/** What conditions ask for by name. */
async function nameThings(agentId: string): Promise<void> {
  const { id: siteId } = siteOf(town.world)
  const tagged = (tag: string) => [{ kind: 'tag', tag }]
  await town.owner.send('POST', '/api/v1/segments', { siteId, name: 'Buyers', when: tagged('buyer') })
  await town.owner.send('PUT', '/api/v1/lead-score', {
    halfLifeSeconds: 3_600,
    parts: [{ id: 'keen', name: 'Keen', points: 20, when: tagged('keen') }],
  })
  await town.owner.send('POST', '/api/v1/teams', { name: 'Sales', agents: [agentId] })
}

let sara: SocketAgent
beforeAll(async () => {
  sara = await attend(town.world)
  await nameThings(sara.snapshot.me.id)
  for (const [kind, [asked]] of entriesOf({ ...ofPages, ...ofServers })) {
    const made = await town.owner.send('POST', '/api/v1/rules', ruleOf(kind, asked, textOf(kind)))
    expect(made.json).toMatchObject({ name: kind })
    rules.set(kind, textAt(made, 'id'))
  }
})

/** Until the page has been told of the rule and looks out for what it asks for. */
async function looksOut({ page, heard, requests }: Guest, ruleId = ''): Promise<void> {
  await expect.poll(() => heard.some((frame) => frame.includes(ruleId)), patient).toBe(true)
  for (const part of ['proactive', 'telling']) {
    const address = () => requests.find((url) => url.includes(`/w/${part}-`)) ?? ''
    await expect.poll(address, patient).not.toBe('')
    await page.evaluate(`import('${address()}')`)
  }
}

async function proves(kind: ConditionKind, place: Place, [, act, coming = {}]: Example): Promise<void> {
  const { query: _query, referer: _referer, known, nobody, country, ...options } = coming
  await somebodyIs(nobody ? 'offline' : 'online')
  const { key, memory } = known ? await knownVisitor(town.world) : { key: '', memory: '' }
  const guest = await town.guest({
    ...options,
    ...(place === 'rtl' ? { words: 'fa' } : {}),
    ...(known ? { prepare: `if (location.host) localStorage['${key}'] ??= '${memory}'` } : {}),
  })
  if (country)
    await guest.context.route('**/v1/page-views', (route, request) =>
      route.continue({ headers: { ...request.headers(), 'x-country-code': country } }),
    )
  await comes(guest, place, kind, coming)
  const asked = () => guest.frames.some((frame) => frame.includes(`"ruleId":"${rules.get(kind)}"`))
  if (kind in ofPages) await looksOut(guest, rules.get(kind))
  if (act) {
    expect(asked()).toBe(false)
    await act(guest)
  }
  await guest.bubble.getByText(textOf(kind)).waitFor()
}

afterAll(() => sara.wire.close())

it.each(entriesOf(ofPages))(
  'T30 %s is seen by the page itself, wherever it stands',
  async (kind, example) => {
    await Promise.all(places.map((place) => proves(kind, place, example)))
  },
)

const inTheirPlace = entriesOf(ofServers).map(([kind, example], i) => ({
  ...{ kind, example },
  place: places[i % places.length] ?? 'app',
}))

it.each(inTheirPlace)('T30 $kind holds in a real page, of $place', async ({ kind, place, example }) => {
  await proves(kind, place, example)
})
