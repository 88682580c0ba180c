import { describe, expect, it } from 'vitest'
import { GroupCommit } from '../../../server/history/group-commit.ts'
import { HistoryUnavailable } from '../../../server/history/history.ts'
import type { Batch, Outcome } from '../../../server/history/records/batch.ts'
import { startConversation } from '../../../shared/conversation/conversation.ts'
import { success } from '../../../shared/result.ts'
import { noReceipts } from '../../../shared/timeline.ts'
import { newClientId, newConversationId, newSiteId, newVisitorId, noon } from '../../support/history-cast.ts'

const author = { kind: 'visitor', id: newVisitorId() } as const
const append = (text: string) => ({
  target: { kind: 'existing', conversationId: newConversationId() } as const,
  command: { type: 'message', author, clientId: newClientId(), text, note: false } as const,
  at: noon,
})

const stored = (batch: Batch): Outcome => {
  const conversation = startConversation(newConversationId(), newSiteId(), author.id, noon)
  return {
    appended: batch.appends.map(() =>
      success({
        conversation,
        receipts: noReceipts,
        entries: [],
        written: [],
        duplicate: false,
        started: false,
      }),
    ),
    received: batch.receives.map(() => noReceipts),
  }
}

const textsOf = ({ appends }: Batch): string[] =>
  appends.map(({ command }) => (command.type === 'message' ? command.text : command.type))

/** Commits that end when the test says so. */
function held() {
  const batches: string[][] = []
  const ends: ((error?: Error) => void)[] = []
  const group = new GroupCommit(
    (batch) =>
      new Promise((resolve, reject) => {
        batches.push(textsOf(batch))
        ends.push((error) => (error ? reject(error) : resolve(stored(batch))))
      }),
  )
  return { group, batches, end: (error?: Error) => ends.shift()?.(error) }
}

/** A commit begins at the end of the turn that asked for it, so its effects are seen after the next. */
async function turn(): Promise<void> {
  for (let i = 0; i < 2; i++) await new Promise((resolve) => setImmediate(resolve))
}

describe('group commit', () => {
  it('S9 what arrives during a commit shares the next one', async () => {
    const { group, batches, end } = held()
    const sent = [group.append(append('a'))]
    await turn()
    sent.push(group.append(append('b')), group.append(append('c')))
    await turn()
    expect(batches).toEqual([['a']])
    end()
    await turn()
    expect(batches).toEqual([['a'], ['b', 'c']])
    end()
    expect((await Promise.all(sent)).every(({ ok }) => ok)).toBe(true)
  })

  it('S9 what is asked in one turn of the loop goes together, of whatever kind', async () => {
    const { group, batches, end } = held()
    const receipt = { delivered: 1, seen: 1 }
    const all = Promise.all([
      group.append(append('a')),
      group.receive(newConversationId(), 'agents', receipt),
    ])
    await turn()
    end()
    expect((await all)[1]).toEqual(noReceipts)
    expect(batches).toHaveLength(1)
  })

  it('W4 nothing is answered before the commit has ended', async () => {
    const { group, end } = held()
    let answered = false
    const sent = group.append(append('a')).then(() => {
      answered = true
    })
    await turn()
    expect(answered).toBe(false)
    end()
    await sent
  })

  it('S1 an outage answers every append of the group, and the next group is tried', async () => {
    const { group, end } = held()
    const sent = Promise.all([group.append(append('a')), group.append(append('b'))])
    const viewed = group.record([]).catch((error: unknown) => error)
    await turn()
    end(new HistoryUnavailable('disk full'))
    const unavailable = { ok: false, error: { code: 'unavailable', retryAfterMs: expect.any(Number) } }
    expect(await sent).toMatchObject([unavailable, unavailable])
    expect(await viewed).toBeInstanceOf(HistoryUnavailable)
    const next = group.append(append('c'))
    await turn()
    end()
    expect(await next).toMatchObject({ ok: true })
  })

  it('S9 one that cannot be stored fails alone', async () => {
    const group = new GroupCommit(async (batch) => {
      if (textsOf(batch).includes('poison')) throw new Error('constraint')
      return stored(batch)
    })
    const sent = await Promise.allSettled(['a', 'poison', 'b'].map((text) => group.append(append(text))))
    expect(sent.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  it('S2 draining waits for what came during the last commit too', async () => {
    const { group, batches, end } = held()
    const sent = group.append(append('a'))
    await turn()
    const later = group.append(append('b'))
    const drained = group.drain()
    end()
    await sent
    await turn()
    end()
    await Promise.all([later, drained])
    expect(batches).toEqual([['a'], ['b']])
  })
})
