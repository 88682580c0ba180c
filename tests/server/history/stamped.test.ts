import { setFlagsFromString } from 'node:v8'
import { runInThisContext } from 'node:vm'
import { expect, it } from 'vitest'
import { stamped } from '../../../server/history/records/conversation-rows.ts'
import type { Entry } from '../../../shared/conversation/entry.ts'
import { clientId, sara, visitor } from '../../shared/story.ts'

const said = (n: number): Entry =>
  stamped(
    {
      kind: 'message',
      author: visitor,
      text: 'Hello',
      clientId: clientId(n),
      auto: false,
      visibility: 'visible',
    },
    n,
    1_790_000_000_000 + n,
  )
const reopened = (n: number): Entry => stamped({ kind: 'reopened', by: sara }, n, n)

it('S50 makes entries of one kind alike to the engine, so that what looks at them stays fast', () => {
  setFlagsFromString('--allow-natives-syntax')
  const areAlike: (one: Entry, other: Entry) => boolean = runInThisContext('(a, b) => %HaveSameMap(a, b)')
  const entries = Array.from({ length: 3_000 }, (_, i) => (i % 3 === 2 ? reopened(i + 1) : said(i + 1)))
  const messages = entries.filter(({ kind }) => kind === 'message').slice(-100)
  const [first = said(1)] = messages
  expect(messages.filter((one) => !areAlike(first, one))).toEqual([])
})
