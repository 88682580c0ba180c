import { beforeEach, describe, expect, it } from 'vitest'
import type { UploadAsked } from '../../agent-console/connection/upload.ts'
import { Attachments } from '../../agent-console/state/attachments.ts'
import type { MessageFile } from '../../shared/file.ts'
import { makeId } from '../../shared/ids.ts'
import { limits } from '../../shared/limits.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import { type HandClock, handClock } from '../support/clock.ts'
import { aClientId } from '../support/random.ts'
import { memoryKeep, otherConversation } from './support/desk.ts'

let clock: HandClock
let keep: ReturnType<typeof memoryKeep>
let asked: (UploadAsked & { answer(result: Result<MessageFile>): void })[]
beforeEach(() => {
  clock = handClock()
  keep = memoryKeep()
  asked = []
})

const open = () =>
  new Attachments({
    ...{ conversationId: otherConversation(1), key: 'files', keep, clock },
    chance: { clientId: aClientId, share: () => 0.5 },
    upload: (one) => new Promise((answer) => asked.push({ ...one, answer })),
  })
const plan = new File(['plan'], 'plan.txt')
const stored: MessageFile = {
  ...{ id: makeId('f', 1, new Uint8Array(10)), name: 'plan.txt', size: 4 },
  type: 'application/octet-stream',
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('the files of a draft', () => {
  it('F2 go up as soon as they are chosen, and again under the same id when that fails', async () => {
    const files = open()
    files.add([plan])
    asked[0]?.progress(0.5)
    expect(files.store.get()).toMatchObject([{ name: 'plan.txt', share: 0.5, file: null }])
    asked[0]?.answer(failure('unavailable', 'cut'))
    await settled()
    clock.advance(60_000)
    expect(asked[1]?.clientId).toBe(asked[0]?.clientId)
    asked[1]?.answer(success(stored))
    await settled()
    expect(files.handOver()).toEqual([stored])
    expect(files.store.get()).toEqual([])
  })

  it('F8 stay after a reload once they are up, until the reply takes them', async () => {
    const files = open()
    files.add([plan])
    asked[0]?.answer(success(stored))
    await settled()
    expect(open().store.get()).toMatchObject([{ file: stored }])
    files.handOver()
    expect(open().store.get()).toEqual([])
  })

  it('F3 say what is too large without sending it, and what the server refuses', async () => {
    const files = open()
    files.add([new File([new Uint8Array(limits.fileBytes + 1)], 'film.mp4'), plan])
    expect(asked).toHaveLength(1)
    asked[0]?.answer(failure('too_large', 'Enough for today.', { path: 'site' }))
    await settled()
    expect(files.store.get().map(({ error }) => error?.path)).toEqual(['file', 'site'])
    expect(files.handOver()).toEqual([])
  })

  it('F4 are not taken up again once they were let go', async () => {
    const files = open()
    files.add([plan])
    for (const { clientId } of files.store.get()) files.remove(clientId)
    expect(asked[0]?.signal.aborted).toBe(true)
    asked[0]?.answer(failure('unavailable', 'cut'))
    await settled()
    clock.advance(60_000)
    expect(asked).toHaveLength(1)
    expect(files.store.get()).toEqual([])
  })
})
