import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { exportCommand } from '../../../server/cli/export.ts'
import { importCommand } from '../../../server/cli/import.ts'
import type { History, PageViewRecord } from '../../../server/history/history.ts'
import { makeId, type VisitorId } from '../../../shared/ids.ts'
import { runCommand } from '../../support/desk.ts'
import { openHome } from '../../support/furnished.ts'
import { newSiteId, newTokenHash, newVisitorId, noon, scene, taken } from '../../support/history-cast.ts'
import { useTemporary } from '../../support/temporary.ts'

const fresh = useTemporary()
const siteId = newSiteId()
const visitId = makeId('t', noon, new Uint8Array(10))

/** More of each kind than is handled at a time, and moments with many views around each edge. */
async function crowd(dataDir: string): Promise<void> {
  const history = await openHome({ dataDir })
  const ids = Array.from({ length: 1_050 }, () => newVisitorId())
  await Promise.all(
    ids.map((newId) =>
      history.visitors.ensure({ siteId, tokenHash: newTokenHash(), newId, locale: 'en', at: noon }),
    ),
  )
  await Promise.all(ids.map((id, i) => talk(history, id, i === 7 ? 2_300 : (i % 3) + 1)))
  await history.visits.record(ids.slice(0, 2).flatMap((id) => looks(id)))
  await history.close()
}

async function talk(history: History, id: VisitorId, messages: number): Promise<void> {
  const { says } = scene(history, siteId, id)
  taken(await says('1'))
  for (const answer of await Promise.all(Array.from({ length: messages - 1 }, (_, i) => says(`${i + 2}`))))
    taken(answer)
}

const looks = (visitorId: VisitorId): PageViewRecord[] =>
  Array.from({ length: 1_700 }, (_, i) => ({
    ...{ visitorId, visitId, siteId, at: noon + Math.floor(i / 7) },
    ...{ url: `https://shop.example/${(i * 31) % 1_700}`, title: '', referrer: '' },
  }))

it('S12 what does not fit into one page of any kind arrives whole and in order', {
  timeout: 120_000,
}, async () => {
  const [one, other] = [fresh(), fresh()]
  const [first, second] = [fresh(), fresh()]
  await crowd(one)
  await runCommand(exportCommand, { env: { DATA_DIR: one }, operands: [first] })
  await runCommand(importCommand, { env: { DATA_DIR: other }, operands: [first] })
  await runCommand(exportCommand, { env: { DATA_DIR: other }, operands: [second] })
  const manifest = async (directory: string) => readFile(join(directory, 'manifest.json'), 'utf8')
  expect(JSON.parse(await manifest(first)).kinds).toMatchObject({
    ...{ visitors: { lines: 1_050 }, conversations: { lines: 1_050 }, 'page-views': { lines: 3_400 } },
    entries: { lines: 2_300 + 350 * 1 + 349 * 2 + 350 * 3 },
  })
  expect(await manifest(second)).toBe(await manifest(first))
  const views = (await readFile(join(first, 'page-views.jsonl'), 'utf8')).trimEnd().split('\n')
  expect(new Set(views).size).toBe(3_400)
})
