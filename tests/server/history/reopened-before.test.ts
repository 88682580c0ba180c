import { mkdirSync } from 'node:fs'
import { afterEach, expect, it } from 'vitest'
import type { History } from '../../../server/history/history.ts'
import { openHistory } from '../../../server/history/open.ts'
import { refold } from '../../../server/history/refold.ts'
import { openSqlite, type SqliteEngine } from '../../../server/history/sqlite-engine.ts'
import { noon } from '../../support/history-cast.ts'
import {
  fillBefore,
  openBefore,
  startsOf,
  startsThere,
  storiesBefore,
} from '../../support/reopened-before.ts'
import { useTemporary } from '../../support/temporary.ts'

const directory = useTemporary()
const opened: History[] = []
afterEach(() => Promise.all(opened.splice(0).map((one) => one.close())))

async function storeOfBefore(): Promise<{ dataDir: string; raw(): SqliteEngine }> {
  const dataDir = directory()
  mkdirSync(dataDir, { recursive: true })
  const raw = () => openSqlite(`${dataDir}/history.db`, 'writer')
  const engine = raw()
  await fillBefore(engine)
  await engine.close()
  return { dataDir, raw }
}

const open = async (dataDir: string) => {
  const history = await openHistory({ dataDir, clock: { now: () => noon } })
  opened.push(history)
  return history
}

it('S64 conversations that were reopened before have what is due in them', async () => {
  const { dataDir } = await storeOfBefore()
  expect(await startsOf(await open(dataDir))).toEqual(startsThere)
})

it('S64 nothing else of them is changed, and nobody else is', async () => {
  const { dataDir, raw } = await storeOfBefore()
  const history = await open(dataDir)
  const { again, first, known } = storiesBefore
  for (const story of [again, first, known])
    expect((await history.conversations.find(story.conversation.id))?.conversation).toEqual(
      story.conversation,
    )
  const engine = raw()
  expect(await engine.all('SELECT conversation FROM ledger_changes')).toEqual([{ conversation: 1 }])
  await engine.close()
})

it('S3 S64 the version before refuses the store then, and folding it anew says the same', async () => {
  const { dataDir, raw } = await storeOfBefore()
  await (await openHistory({ dataDir, clock: { now: () => noon } })).close()
  const engine = raw()
  await expect(openBefore(engine)).rejects.toThrow('newer version of Ahlan')
  await engine.close()
  await refold({ dataDir, databaseUrl: null })
  expect(await startsOf(await open(dataDir))).toEqual(startsThere)
})
