import { expect, it } from 'vitest'
import { listFile } from '../../../server/http/list-file.ts'
import { taken } from '../../support/history-cast.ts'

const many = Array.from({ length: 2_345 }, (_, n) => ({ id: `x${n}`, openedAt: n * 1_000 }))

const stated = { clock: 'wall', timeZone: 'Asia/Tehran', from: '2026-05-04', to: '2026-05-05' }

const listOf = (all: typeof many) => ({
  name: 'things',
  async read({ limit, cursor = '0' }: { limit: number; cursor: string | undefined }) {
    const next = Number(cursor) + limit
    const items = all.slice(Number(cursor), next)
    return { ...stated, items, nextCursor: next < all.length ? `${next}` : null, total: all.length }
  },
  head: ['id'],
  row: ({ id }: { id: string }) => [id],
})

const bodyOf = async (format: 'csv' | 'json-file', all: typeof many) =>
  taken(await listFile(format, listOf(all))).text?.body ?? ''

it.each([0, 1, 1_000, 2_345])('M138 a file of a list of %i has all of it, each once', async (n) => {
  const all = many.slice(0, n)
  const { items, ...around } = JSON.parse(await bodyOf('json-file', all))
  expect(around).toEqual({ ...stated, nextCursor: null, total: n })
  expect(items).toEqual(all.map(({ id, openedAt }) => ({ id, openedAt: new Date(openedAt).toISOString() })))
  const lines = (await bodyOf('csv', all)).replace('\ufeff', '').trim().split('\r\n')
  expect(lines[0]).toBe('id,clock,timeZone,from,to')
  expect(lines.slice(1)).toEqual(all.map(({ id }) => `${id},wall,Asia/Tehran,2026-05-04,2026-05-05`))
})
