import { describe, expect, it } from 'vitest'
import type { Guest } from '../support/guest.ts'
import { useTown } from '../support/town.ts'

const town = useTown()

async function talks(guest: Guest): Promise<void> {
  await guest.open()
  await guest.says('Does it work here?')
  await town.answers(await town.conversation(), 'It does.')
  await guest.log.getByText('It does.').waitFor()
}

/** Where the launcher and the panel stand, and how large their text is. */
async function looks(guest: Guest, path: string, head: string, body?: string) {
  await guest.goto(town.page(path, { head, ...(body ? { body } : {}) }))
  const launcher = await guest.launcher.boundingBox()
  await guest.open()
  await guest.says('Does it look right?')
  const panel = await guest.dialog.boundingBox()
  const text = await guest.log
    .getByText('Does it look right?')
    .evaluate((element) =>
      ['fontSize', 'color', 'letterSpacing', 'textTransform', 'visibility', 'lineHeight', 'cursor'].map(
        (name) => Reflect.get(getComputedStyle(element), name),
      ),
    )
  return { launcher, panel, text }
}

const hostileSheet = `<style>
  html { font-size: 62.5%; line-height: 4; }
  * { all: unset !important; font: italic 3px serif !important; color: lime !important;
      letter-spacing: 1em !important; text-transform: uppercase !important; visibility: hidden !important;
      pointer-events: none !important; cursor: wait !important; }
  button, textarea, div, section { display: none !important; position: static !important; z-index: -1 !important; }
</style>`

const overlay = `<h1>Vases</h1><div style="position: fixed; inset: 0; z-index: 2147483647"></div>`

describe('hostile styles', () => {
  it('H2 looks the same under `* { all: … !important }` and a root font of 62.5 %', async () => {
    const [calm, hostile] = [await town.guest(), await town.guest()]
    const usual = await looks(calm, '/calm', '')
    expect(usual.launcher).toMatchObject({ width: 56, height: 56 })
    expect(usual.panel).toMatchObject({ width: 384 })
    expect(await looks(hostile, '/hostile', hostileSheet)).toEqual(usual)
  })

  it('H2 stays above whatever else wants to be on top', async () => {
    const guest = await town.guest()
    await guest.goto(town.page('/overlay', { body: overlay }))
    await talks(guest)
    await guest.button('closeChat').click()
    await guest.launcher.click()
    await guest.field.waitFor()
  })
})

/** What old frameworks did to the language. */
const oldFrameworks = `
  Object.prototype.each = function () {}
  Array.prototype.each = Array.prototype.forEach
  Array.prototype.contains = Array.prototype.remove = Array.prototype.clone = function () { return this }
  Array.prototype.toJSON = function () { return '[' + [].map.call(this, (one) => JSON.stringify(one)).join(', ') + ']' }
  Array.from = function (item) { return item == null ? [] : [].slice.call(item) }
  Function.prototype.delay = Function.prototype.defer = function () {}
  Element.prototype.show = Element.prototype.hide = function () { return this }
`

const addedToPrototypes = `
  Object.prototype.each = function () {}
  Object.prototype.text = 'inherited'
  Array.prototype.each = Array.prototype.forEach
  Array.prototype.last = function () { return this[this.length - 1] }
  String.prototype.strip = String.prototype.trim
  Element.prototype.hide = Element.prototype.show = function () { return this }
`

describe('polluted prototypes', () => {
  it('H2 works where every object has gained enumerable members', async () => {
    const guest = await town.guest({ prepare: addedToPrototypes })
    await guest.goto(town.page('/added'))
    await talks(guest)
  })

  it('H2 works beside the toJSON and the Array.from of old frameworks', async () => {
    const guest = await town.guest({ prepare: oldFrameworks })
    await guest.goto(town.page('/old'))
    await talks(guest)
  })
})

describe('names the page has taken', () => {
  it('H2 works beside a form called Ahlan and fields called as what a document has', async () => {
    const guest = await town.guest()
    const form = `<form id="Ahlan"><input name="q"><input name="host"></form>`
    const images = ['location', 'title', 'referrer', 'cookie', 'visibilityState']
    const body = `<h1>Vases</h1>${form}${images.map((name) => `<form name="${name}"></form>`).join('')}`
    await guest.goto(town.page('/clobbered', { body }))
    await talks(guest)
  })
})

const forbidden = `
  const refuse = { get() { throw new DOMException('Access is denied for this document.', 'SecurityError') } }
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) Object.defineProperty(window, name, refuse)
  Object.defineProperty(Document.prototype, 'cookie', refuse)
`

const letters = 'ahlan:demo:boxofold'

/** Runs in pages only, since an empty document may store nothing. */
const inPages = (script: string) => `if (location.protocol !== 'about:') { ${script} }`

const spoiltMemory = inPages(`localStorage['ahlan:demo'] = '{"token": 7, "draft": {'`)

/** What the browser of somebody who was here before has stored. */
const remembered = `
  const token = [...crypto.getRandomValues(new Uint8Array(43))].map((byte) => byte % 10).join('')
  localStorage['ahlan:demo'] = JSON.stringify({ token, box: 'boxofold' })`

/** Neither the database nor the keys of the letters are what the chat would make of them. */
const spoiltLetters = inPages(`${remembered}
  for (const [name, text] of Object.entries({ cut: '[{]', none: 'null', number: '7', empty: '{}', list: '[]' }))
    localStorage['${letters}:' + name] = text
  indexedDB.open('${letters}', 7)`)

/** The database is there, with something else in it. */
const strangeDatabase = inPages(`${remembered}
  indexedDB.open('${letters}', 1).onupgradeneeded = ({ target }) => target.result.createObjectStore('other')`)

const strangeLetters = inPages(`${remembered}
  indexedDB.open('${letters}', 1).onupgradeneeded = ({ target }) => {
    const box = target.result.createObjectStore('letters', { keyPath: 'clientId' })
    for (const one of [{}, { text: 7 }, { text: 'Not mine', writtenAt: 'long ago' }])
      box.add({ clientId: 'strange' + Object.keys(one).length, ...one })
  }`)

/** Not one character more goes into it. */
const filledStorage = inPages(`
  for (let size = 1 << 22; size >= 1; size = size >> 1)
    try { for (let i = 0; ; i++) localStorage['filler' + size + '-' + i] = 'x'.repeat(size) } catch {}`)

describe('storage that cannot be relied on', () => {
  it('H9 works where nothing may be stored, for as long as the page lives', async () => {
    const guest = await town.guest({ prepare: forbidden })
    await guest.goto(town.page('/forbidden', { attributes: 'data-consent="granted"' }))
    await talks(guest)
  })

  it.each([
    ['what is remembered of the visitor', spoiltMemory],
    ['the letters that wait, and their database', spoiltLetters],
    ['the database, which holds something else', strangeDatabase],
    ['letters within the database', strangeLetters],
  ])('H9 works where %s is spoilt', async (what, prepare) => {
    const guest = await town.guest({ prepare })
    await guest.goto(town.page(`/spoilt-${what.length}`))
    await talks(guest)
    expect(await guest.log.getByText(guest.words.notSent).count()).toBe(0)
  })

  it('H9 works where the storage is full to the last byte', async () => {
    const guest = await town.guest({ prepare: filledStorage })
    const cdp = await guest.context.newCDPSession(guest.page)
    await cdp.send('Storage.overrideQuotaForOrigin', { origin: town.shop.origin, quotaSize: 0 })
    await guest.goto(town.page('/full'))
    await talks(guest)
    const stored = await guest.stored()
    expect(stored.local.filter((name) => name.startsWith('ahlan:'))).toEqual([])
    expect(stored.local.length).toBeGreaterThan(0)
  })
})
