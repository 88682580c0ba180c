import * as v from 'valibot'
import type { Result } from '../../shared/result.ts'
import { type Cell, csv, csvFile } from './csv.ts'
import type { Reply } from './route.ts'
import { type Stated, statedRows } from './stated-rows.ts'
import { withIsoTimes } from './wire-time.ts'

/** Of a list: a part of it, or all of it as a file of either kind. */
export const listFormat = v.optional(
  v.picklist(['json', 'csv', 'json-file'], 'must be json, csv or json-file'),
  'json',
)

interface Page<Item> extends Stated {
  items: Item[]
  nextCursor: string | null
}

interface WholeList<Item> {
  /** Of the file. */
  name: string
  read(part: { limit: number; cursor: string | undefined }): Promise<Page<Item>>
  head: Cell[]
  row(item: Item): Cell[]
}

export const listFile = async <Item>(
  format: 'csv' | 'json-file',
  list: WholeList<Item>,
): Promise<Result<Reply>> =>
  format === 'csv' ? csvFile(list.name, await asCsv(list)) : jsonFile(list.name, await asJson(list))

const atOnce = 1_000

/** Part by part, so that nobody else waits for the whole. */
async function* partsOf<Item>({ read }: WholeList<Item>): AsyncGenerator<Page<Item>> {
  for (let cursor: string | undefined; ; ) {
    const part = await read({ limit: atOnce, cursor })
    yield part
    if (part.nextCursor === null) return
    cursor = part.nextCursor
  }
}

async function asCsv<Item>(list: WholeList<Item>): Promise<string> {
  const texts: string[] = []
  for await (const part of partsOf(list)) {
    const [head = [], ...rows] = statedRows([list.head, ...part.items.map(list.row)], part)
    texts.push(csv(texts.length === 0 ? [head, ...rows] : rows))
  }
  return texts.join('')
}

/** As one answer would be that had room for all. */
async function asJson<Item>(list: WholeList<Item>): Promise<string> {
  let said = {}
  const texts: string[] = []
  for await (const { items, nextCursor, ...rest } of partsOf(list)) {
    if (texts.length === 0) said = rest
    texts.push(...items.map((item) => JSON.stringify(withIsoTimes(item))))
  }
  const around = JSON.stringify(withIsoTimes({ ...said, nextCursor: null }))
  return `${around.slice(0, -1)},"items":[${texts.join(',\n')}]}\n`
}

const jsonFile = (name: string, body: string): Result<Reply> => ({
  ok: true,
  value: {
    status: 200,
    text: { type: 'application/json; charset=utf-8', body },
    headers: { 'Content-Disposition': `attachment; filename="${name}.json"` },
  },
})
