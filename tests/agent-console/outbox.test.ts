import { describe, expect, it } from 'vitest'
import { Outbox, type Reply } from '../../agent-console/state/outbox.ts'
import type { Keep } from '../../agent-console/state/ports.ts'
import { times } from '../../shared/limits.ts'
import type { Sent } from '../../shared/protocol.ts'
import { type Ack, failure } from '../../shared/result.ts'
import { applyTimeline, emptyTimeline, noReceipts, type Timeline } from '../../shared/timeline.ts'
import { clientId, conversationId, minute, Story, sara } from '../shared/story.ts'
import { handClock } from '../support/clock.ts'
import { memoryKeep, memoryVault } from './support/desk.ts'
import { settle } from './support/fake-link.ts'

const lost = failure('unavailable', 'No answer came in time.')

/** The server stores the reply, once, and answers with what it stored. */
function storeIn(story: Story, { clientId, text }: Reply): Ack<Sent> {
  const held = story.entries.filter((one) => one.kind === 'message' && one.clientId === clientId)
  if (held.length) held.unshift(...story.entries.filter((one) => one.kind === 'assigned'))
  const run = () => story.run({ type: 'message', author: sara, clientId, text, note: false }, 2 * minute)
  const added = held.length ? { ok: true as const, value: held } : run()
  if (!added.ok) return added
  return { ok: true, conversation: story.conversation, entries: added.value, duplicate: held.length > 0 }
}

/** One tab of the console; tabs share what they keep. */
function open(keep: Keep = memoryKeep(), tab = 0, vault = memoryVault()) {
  let greeted = true
  const clock = handClock()
  const story = new Story().visitor(minute)
  const { conversation, entries } = story
  let timeline: Timeline = applyTimeline(emptyTimeline, {
    type: 'snapshot',
    conversation,
    entries: [...entries],
    receipts: noReceipts,
  })
  const sent: { reply: Reply; answer(ack: Ack<Sent>): Promise<void> }[] = []
  let written = 0
  const outbox = new Outbox({
    prefix: 'outbox.',
    keep,
    vault,
    clock,
    mayGo: () => greeted,
    chance: { clientId: () => clientId(500 + 100 * tab + ++written), share: () => 1 },
    send: (reply) =>
      new Promise((resolve) => {
        sent.push({
          reply,
          answer: async (ack) => {
            resolve(ack)
            await settle()
          },
        })
      }),
    announce: (_, event) => {
      timeline = applyTimeline(timeline, event)
    },
    confirmed: (_, { entries }) => {
      timeline = applyTimeline(timeline, { type: 'entries', entries })
    },
  })
  const store = (reply: Reply): Ack<Sent> => storeIn(story, reply)
  const say = (text: string) => outbox.post({ conversationId, text, note: false, seen: 1 })
  const greet = (yes: boolean) => {
    greeted = yes
    if (yes) outbox.flush()
  }
  return { outbox, clock, sent, store, say, greet, vault, timeline: () => timeline, story }
}

const texts = (timeline: Timeline): string[] =>
  timeline.entries.flatMap((entry) => (entry.kind === 'message' ? [entry.text] : []))

describe('replies on their way', () => {
  it('W18 are written to disk before they are sent, and leave it when confirmed', async () => {
    const keep = memoryKeep()
    const { say, sent, store } = open(keep)
    await say('It is.')
    expect([...keep.held.values()].join()).toContain('It is.')
    const [first] = sent
    if (first) await first.answer(store(first.reply))
    expect(keep.held.size).toBe(0)
  })

  it('W18 go one at a time and in order', async () => {
    const { say, sent, store, timeline } = open()
    await say('one')
    await say('two')
    expect(sent.map(({ reply }) => reply.text)).toEqual(['one'])
    const [first] = sent
    if (first) await first.answer(store(first.reply))
    expect(sent.map(({ reply }) => reply.text)).toEqual(['one', 'two'])
    expect(timeline().pending.map(({ text }) => text)).toEqual(['two'])
  })

  it('W5 W18 are shown once when the answer was lost and they are sent again', async () => {
    const { say, sent, store, clock, timeline } = open()
    await say('once')
    const [first] = sent
    if (first) store(first.reply)
    await first?.answer(lost)
    expect(timeline().pending[0]?.state.name).toBe('queued')
    clock.advance(times.retryFirst)
    const again = sent[1]
    if (again) await again.answer(store(again.reply))
    expect(again?.reply.clientId).toBe(first?.reply.clientId)
    expect(texts(timeline()).filter((text) => text === 'once')).toHaveLength(1)
    expect(timeline().pending).toEqual([])
  })

  it('W18 survive a reload and are sent by the next page', async () => {
    const keep = memoryKeep()
    await open(keep).say('before the reload')
    const next = open(keep)
    expect(next.timeline().pending.map(({ text }) => text)).toEqual(['before the reload'])
    next.outbox.flush()
    expect(next.sent.map(({ reply }) => reply.text)).toEqual(['before the reload'])
  })

  it('are tried ever more rarely, and shown as not sent after a day', async () => {
    const { say, sent, clock, timeline } = open()
    await say('patience')
    for (let i = 0; i < 4; i++) {
      await sent.at(-1)?.answer(lost)
      clock.advance(times.retryFirst * 2 ** i)
    }
    expect(sent).toHaveLength(5)
    clock.advance(times.giveUpShowing + 1)
    await sent.at(-1)?.answer(lost)
    expect(timeline().pending[0]?.state.name).toBe('notSent')
  })

  it('stay as not sent when the server refuses them, and can be tried again or deleted', async () => {
    const { say, sent, outbox, timeline } = open()
    await say('refused')
    await sent[0]?.answer(failure('not_found', 'There is no such conversation.'))
    expect(timeline().pending[0]?.state.name).toBe('notSent')
    outbox.retry(clientId(501))
    expect(sent).toHaveLength(2)
    await sent[1]?.answer(failure('not_found', 'There is no such conversation.'))
    await outbox.discard(clientId(501))
    expect(timeline().pending).toEqual([])
  })

  it('start empty when what was stored cannot be read', () => {
    const keep = memoryKeep()
    keep.write('outbox.x', '{"not":"a list"')
    expect(open(keep).timeline().pending).toEqual([])
  })
})

describe('two tabs of one agent', () => {
  const waiting = ({ timeline }: ReturnType<typeof open>) => timeline().pending.map(({ text }) => text)

  it('W18 keep what each of them has written through a reload of the other', async () => {
    const keep = memoryKeep()
    const [a, b] = [open(keep, 0), open(keep, 1)]
    await a.say('from A')
    a.clock.advance(1)
    await b.say('from B')
    expect(waiting(open(keep)).sort()).toEqual(['from A', 'from B'])
  })

  it('W18 do not bring back what another tab has seen confirmed, or has deleted', async () => {
    const keep = memoryKeep()
    const a = open(keep, 0)
    await a.say('once')
    const b = open(keep, 1)
    b.greet(false)
    expect(waiting(b)).toEqual(['once'])
    await a.sent[0]?.answer(a.store(a.sent[0].reply))
    b.greet(true)
    expect([waiting(b), b.sent, keep.held.size]).toEqual([[], [], 0])
  })

  it('W18 let a late failure in one tab not revive what the other has got through', async () => {
    const keep = memoryKeep()
    const a = open(keep, 0)
    await a.say('once')
    const b = open(keep, 1)
    b.outbox.flush()
    await b.sent[0]?.answer(b.store(b.sent[0].reply))
    await a.sent[0]?.answer(failure('not_found', 'There is no such conversation.'))
    expect([waiting(a), keep.held.size]).toEqual([[], 0])
  })

  it('W18 show in one tab what the other gave up and took up again', async () => {
    const keep = memoryKeep()
    const [a, b] = [open(keep, 0), open(keep, 1)]
    const states = () => b.timeline().pending.map(({ state }) => state.name)
    await a.say('refused')
    await a.sent[0]?.answer(failure('not_found', 'There is no such conversation.'))
    b.outbox.reread()
    expect(states()).toEqual(['notSent'])
    a.outbox.retry(clientId(501))
    b.outbox.reread()
    expect(states()).toEqual(['queued'])
  })

  it('W18 keep the order replies were written in, also within one moment', async () => {
    const keep = memoryKeep()
    const { say } = open(keep)
    const texts = ['one', 'two', 'three', 'four']
    for (const text of texts) await say(text)
    expect(waiting(open(keep))).toEqual(texts)
  })

  it('W18 send what a tab that was closed has left, once it had time to do so itself', async () => {
    const keep = memoryKeep()
    const [a, b] = [open(keep, 0), open(keep, 1)]
    a.greet(false)
    await settle()
    await a.say('left behind')
    b.outbox.heedOtherTabs()
    expect(b.sent).toEqual([])
    b.clock.advance(3_000)
    expect(b.sent.map(({ reply }) => reply.text)).toEqual(['left behind'])
  })

  it('W18 go on as long as the page is open where nothing can be kept', async () => {
    const keep = memoryKeep()
    const { say, sent, store, timeline } = open(keep)
    keep.forbid()
    await say('still sent')
    expect([keep.lasting.get(), keep.held.size, timeline().pending.length]).toEqual([false, 0, 1])
    await sent[0]?.answer(store(sent[0].reply))
    expect(timeline().pending).toEqual([])
  })
})

describe('what is shown of a reply', () => {
  const state = ({ timeline }: ReturnType<typeof open>) => timeline().pending.map((one) => one.state.name)

  it('W18 is nothing before the disk has it', async () => {
    const vault = memoryVault()
    let written = () => undefined as unknown
    vault.slow(new Promise((resolve) => (written = () => resolve(undefined))))
    const tab = open(memoryKeep(), 0, vault)
    const saying = tab.say('on its way to the disk')
    await settle()
    expect([state(tab), tab.sent]).toEqual([[], []])
    written()
    await saying
    expect([state(tab), vault.held.size]).toEqual([['sending'], 1])
  })

  it('W18 is no "sending" while nobody is there to send it to', async () => {
    const tab = open()
    tab.greet(false)
    await tab.say('later')
    expect([state(tab), tab.sent]).toEqual([['queued'], []])
    tab.greet(true)
    expect(state(tab)).toEqual(['sending'])
  })

  it('W18 is "not sent" after a day, while it goes on being tried', async () => {
    const tab = open()
    tab.greet(false)
    await tab.say('a day ago')
    tab.clock.advance(times.giveUpShowing)
    expect(state(tab)).toEqual(['notSent'])
    tab.greet(true)
    const [first] = tab.sent
    await first?.answer(tab.store(first.reply))
    expect([state(tab), texts(tab.timeline()).includes('a day ago')]).toEqual([[], true])
  })
})

describe('the death of a browser', () => {
  it('W18 leaves in the vault what the faster store had not written yet', async () => {
    const vault = memoryVault()
    await open(memoryKeep(), 0, vault).say('just before the end')
    const next = open(memoryKeep(), 1, vault)
    next.greet(false)
    await settle()
    expect(next.timeline().pending.map(({ text }) => text)).toEqual(['just before the end'])
    next.greet(true)
    await next.sent[0]?.answer(next.store(next.sent[0].reply))
    expect(vault.held.size).toBe(0)
  })

  it('W18 does not bring back what was deleted', async () => {
    const [keep, vault] = [memoryKeep(), memoryVault()]
    const tab = open(keep, 0, vault)
    tab.greet(false)
    await tab.say('never mind')
    await tab.outbox.discard(clientId(501))
    tab.greet(true)
    const next = open(memoryKeep(), 1, vault)
    await settle()
    expect([tab.sent, next.sent, keep.held.size, vault.held.size]).toEqual([[], [], 0, 0])
  })
})
