import { type Failure, failure, type Result, success } from '../../shared/result.ts'
import { timeField } from '../../shared/wire.ts'

export type Query = Record<string, string | number | null | undefined>

export interface List<Item> {
  items: Item[]
  nextCursor: string | null
}

/** All of a list that is told a page at a time, or so many pages of it. */
export async function everyPage<Item, Page extends List<Item> = List<Item>>(
  api: Pick<Api, 'get'>,
  path: string,
  query: Query = {},
  most = Number.POSITIVE_INFINITY,
): Promise<Result<Page>> {
  const first = await api.get<Page>(path, query)
  // Nothing more, which is the usual case, or nothing at all.
  if (!first.ok || !first.value?.nextCursor) return first
  const items = [...first.value.items]
  let cursor: string | null = first.value.nextCursor
  for (let pages = 1; cursor && pages < most; pages++) {
    const page: Result<List<Item>> = await api.get<List<Item>>(path, { ...query, cursor })
    if (!page.ok) return page
    items.push(...page.value.items)
    cursor = page.value.nextCursor
  }
  return success({ ...first.value, items, nextCursor: cursor })
}

/** The REST interface. Never rejects. Times arrive as ms, whatever they were on the way. */
export interface Api {
  /** Where a browser fetches something by itself, such as a file. */
  address(path: string, query?: Query): string
  get<Answer>(path: string, query?: Query): Promise<Result<Answer>>
  send<Answer>(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
    /** Nobody waits for the answer any more. */
    signal?: AbortSignal,
  ): Promise<Result<Answer>>
}

export const createApi = (base: string, fetch: typeof globalThis.fetch): Api => {
  const ask = async <Answer>(path: string, init: RequestInit): Promise<Result<Answer>> => {
    try {
      return await read<Answer>(await fetch(base + path, { credentials: 'same-origin', ...init }))
    } catch {
      return failure('unavailable', 'The server could not be reached.')
    }
  }
  return {
    address: (path, query = {}) => base + path + queryText(query),
    get: (path, query = {}) => ask(path + queryText(query), { headers: { accept: 'application/json' } }),
    send: (method, path, body, signal) =>
      ask(path, {
        method,
        headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
        ...(signal && { signal }),
      }),
  }
}

async function read<Answer>(response: Response): Promise<Result<Answer>> {
  const text = await response.text()
  if (response.ok) return success(text ? parseAnswer(text) : undefined)
  const { error }: { error?: Failure } = text.startsWith('{') ? JSON.parse(text) : {}
  if (error) return { ok: false, error }
  return failure(response.status === 401 ? 'unauthenticated' : 'internal', `Status ${response.status}`)
}

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/

/** ISO 8601 on the way, ms within. */
export const parseAnswer = (text: string) =>
  JSON.parse(text, (field, value: unknown) =>
    typeof value === 'string' && timeField.test(field) && moment.test(value) ? Date.parse(value) : value,
  )

function queryText(query: Query): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== null && value !== undefined) params.set(name, String(value))
  const text = params.toString()
  return text && `?${text}`
}
