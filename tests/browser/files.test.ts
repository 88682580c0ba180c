import { readFile } from 'node:fs/promises'
import { describe, expect, it, vi } from 'vitest'
import { en as consoleWords } from '../../agent-console/ui/texts/en.ts'
import { limits } from '../../shared/limits.ts'
import { fileTexts } from '../../widget/ui/files-texts.ts'
import { violationsIn } from '../support/axe.ts'
import { behind } from '../support/behind.ts'
import { meet } from '../support/conversing.ts'
import type { Guest } from '../support/guest.ts'
import { openConsole, signInto } from '../support/reception.ts'
import { useTown } from '../support/town.ts'
import { png, uploadAsAgent } from '../support/uploads.ts'
import { owner } from '../support/world.ts'

const town = useTown()

const attach = (guest: Guest) => guest.page.getByRole('button', { name: guest.words.attach, exact: true })

/** Chooses files in the system's picker. */
async function chooses(
  guest: Guest,
  files: { name: string; mimeType: string; buffer: Buffer }[],
): Promise<void> {
  const [picker] = await Promise.all([guest.page.waitForEvent('filechooser'), attach(guest).click()])
  await picker.setFiles(files)
}
const send = (guest: Guest) => guest.page.getByRole('button', { name: guest.words.send, exact: true }).click()

/** The files of the messages agents can see, oldest first. */
async function filesStored(id: string): Promise<{ id: string; name: string; size: number }[]> {
  const answer = await town.owner.get(`/api/v1/conversations/${id}/entries?after=0`)
  const items: { files?: { id: string; name: string; size: number }[] }[] = Object(answer.json).items
  return items.flatMap(({ files = [] }) => files)
}
const aPicture = (name: string) => ({ name, mimeType: 'image/png', buffer: Buffer.from(png) })

describe('files in a chat', () => {
  it.each(['en', 'fa'] as const)(
    'F1 F8 go both ways in %s: chosen, sent without a word, answered with one, and saved as they were',
    async (words) => {
      const { agent, guest, id } = await meet(town, { words, attributes: `data-locale="${words}"` })
      const name = words === 'fa' ? 'رسید خرید.png' : 'receipt.png'
      await chooses(guest, [aPicture(name)])
      const chosen = guest.dialog.getByRole('list', { name: fileTexts[words].toSend })
      await chosen.getByText(name).waitFor()
      await send(guest)
      await chosen.waitFor({ state: 'detached' })
      await guest.log.locator('.group.own', { hasText: name }).getByText(guest.confirmed).waitFor()
      const [stored] = await filesStored(id)
      expect(stored).toMatchObject({ name, size: png.length, type: 'image/png' })
      const seen = await fetch(`${town.world.url}/v1/files/${stored?.id}`, {
        headers: { cookie: agent.client.cookie },
      })
      expect(Buffer.from(await seen.arrayBuffer()).equals(png)).toBe(true)

      const conversationId = (await agent.watch(id)).conversation.id
      const { json } = await uploadAsAgent(town.world, { client: agent.client, bytes: png, conversationId })
      await agent.wire.get('message:send', {
        ...{ conversationId, clientId: crypto.randomUUID(), text: '', note: false },
        files: [Reflect.get(json, 'id')],
      })
      const row = guest.log.getByRole('button', { name: /a\.png/ })
      const [saved] = await Promise.all([guest.page.waitForEvent('download'), row.click()])
      expect(saved.suggestedFilename()).toBe('a.png')
      expect((await readFile(await saved.path())).equals(png)).toBe(true)
    },
  )

  it('F8 are taken by paste and by drop, and let go one by one', async () => {
    const { guest } = await meet(town)
    await chooses(guest, [aPicture('one.png')])
    await guest.dialog.getByText('one.png').waitFor()
    for (const kind of ['paste', 'drop'] as const)
      await guest.field.evaluate((field, what) => {
        const data = new DataTransfer()
        data.items.add(new File(['x'], `${what}.txt`))
        const all = { bubbles: true, composed: true, cancelable: true }
        field.dispatchEvent(
          what === 'paste'
            ? new ClipboardEvent(what, { ...all, clipboardData: data })
            : new DragEvent(what, { ...all, dataTransfer: data }),
        )
      }, kind)
    const list = guest.dialog.getByRole('list', { name: 'Files to send' }).getByRole('listitem')
    await expect.poll(() => list.count()).toBe(3)
    await guest.page.getByRole('button', { name: 'Remove paste.txt' }).click()
    await expect.poll(() => list.count()).toBe(2)
  })

  it('F8 stand within the panel while they wait, however long their names, and on its visitor’s side', async () => {
    const { guest } = await meet(town)
    await guest.page.route('**/v1/files?**', () => undefined)
    await chooses(guest, [aPicture(`${'receipt of my order '.repeat(6)}.png`), aPicture('فاکتور نهایی.png')])
    await guest.dialog.getByText('فاکتور نهایی.png').waitFor()
    await send(guest)
    const own = guest.log.locator('.group.own').filter({ hasText: 'فاکتور نهایی.png' })
    const list = (await own.getByRole('list').boundingBox()) ?? expect.fail('No list.')
    const log = (await guest.log.boundingBox()) ?? expect.fail('No log.')
    expect(list.x).toBeGreaterThan(log.x)
    expect(log.x + log.width - (list.x + list.width)).toBeLessThan(24)
    // Each begins where its row does, whichever way it is written.
    const edges = await own
      .locator('bdi')
      .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().left)))
    expect(new Set(edges).size).toBe(1)
    expect(await violationsIn(guest.page)).toEqual([])
  })

  it('H34 wait through a reload where a browser keeps no blobs in its databases', async () => {
    const prepare = `{
      const { put } = IDBObjectStore.prototype
      IDBObjectStore.prototype.put = function (value, ...key) {
        if (Object.values(value).some((one) => one instanceof Blob)) this.transaction.abort()
        return put.call(this, value, ...key)
      }
    }`
    const { guest, proxy } = await behind(town, 'passed', { prepare })
    await guest.open()
    await guest.says('Hello')
    await chooses(guest, [aPicture('receipt.png')])
    await guest.dialog.getByRole('list', { name: fileTexts.en.toSend }).getByText('receipt.png').waitFor()
    const shop = town.shop.put('/elsewhere', '')
    proxy.down = true
    await guest.writes('As you asked')
    await guest.page.goto(shop)
    proxy.down = false
    await guest.page.goBack()
    await guest.page.reload()
    await guest.log.locator('.group', { hasText: 'receipt.png' }).getByText(guest.confirmed).waitFor()
    expect(await filesStored(await town.conversation())).toMatchObject([
      { name: 'receipt.png', size: png.length },
    ])
  })

  it('F3 says that a file is too large before anything of it is sent', async () => {
    const { guest } = await meet(town)
    await guest.field.evaluate((field, size) => {
      const data = new DataTransfer()
      data.items.add(new File([new Uint8Array(size)], 'film.mp4'))
      const all = { bubbles: true, composed: true, cancelable: true }
      field.dispatchEvent(new ClipboardEvent('paste', { ...all, clipboardData: data }))
    }, limits.fileBytes + 1)
    await guest.dialog.getByText('film.mp4 is larger than 20 MB').waitFor()
    expect(guest.requests.filter((url) => url.includes('/v1/files'))).toEqual([])
  })

  it('F7 F8 stand in the console as small pictures and rows, and go from there to the visitor', async () => {
    const { guest, id } = await meet(town)
    const page = await openConsole(town)
    await signInto(page, owner)
    await page.locator(`a[href*="${id}"]`).first().click()
    const log = page.getByRole('log', { name: consoleWords.conversation })
    await chooses(guest, [
      aPicture('photo.png'),
      { name: 'list.txt', mimeType: 'text/plain', buffer: Buffer.from('1') },
    ])
    await guest.dialog.getByText('list.txt').waitFor()
    await send(guest)
    const picture = log.getByRole('link', { name: /photo\.png/ }).locator('img')
    await vi.waitFor(
      async () => expect(await picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1),
      { timeout: 10_000 },
    )
    const row = log.getByRole('link', { name: /list\.txt/ })
    const [saved] = await Promise.all([page.waitForEvent('download'), row.click()])
    expect(await readFile(await saved.path(), 'utf8')).toBe('1')

    const attachHere = page.getByRole('button', { name: consoleWords.attachFile, exact: true })
    const [picker] = await Promise.all([page.waitForEvent('filechooser'), attachHere.click()])
    await picker.setFiles([
      { name: 'offer.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 x') },
    ])
    await page.getByRole('button', { name: 'Remove offer.pdf' }).waitFor()
    await page.getByRole('textbox', { name: consoleWords.replyBox }).fill('Our offer')
    await page.getByRole('button', { name: consoleWords.send, exact: true }).click()
    await guest.log.getByRole('button', { name: /offer\.pdf/ }).waitFor()
    expect((await filesStored(id)).map(({ name }) => name)).toEqual(['photo.png', 'list.txt', 'offer.pdf'])
  })
})
