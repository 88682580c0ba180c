import { beforeEach, expect, it } from 'vitest'
import { type Entry, forVisitor } from '../../shared/conversation/entry.ts'
import { emptyTimeline, type Timeline } from '../../shared/timeline.ts'
import { minute, Story, sara } from '../shared/story.ts'
import { aClientId } from '../support/random.ts'
import { faultless, Ledger, type Stored, type Verdict, type View } from './people/ledger.ts'

/*
 * The check itself: a conversation is spoilt in every way that must be found. That nothing was found
 * elsewhere is worth something only because it would have been.
 */
const story = new Story()
  .visitor(minute, 'mina:1')
  .visitor(minute, 'mina:2')
  .agent(minute, sara, 'sara:1')
  .visitor(minute, 'mina:3')
  .note(minute)

let ledger: Ledger
let stored: Stored[]
let mina: View
let agent: View
let shown: { mina: Timeline; agent: Timeline }

beforeEach(() => {
  ledger = new Ledger()
  const { conversation, entries } = story
  for (const [text, author] of [
    ...(['mina:1', 'mina:2', 'mina:3'].map((text) => [text, 'mina']) as [string, string][]),
    ...(['sara:1', 'A regular.'].map((text) => [text, 'sara']) as [string, string][]),
  ])
    ledger.wrote(text, { author, visitor: 'mina', note: text === 'A regular.' })
  stored = [{ conversation, entries }]
  shown = {
    mina: { ...emptyTimeline, conversation, entries: entries.map(forVisitor) },
    agent: { ...emptyTimeline, conversation, entries },
  }
  mina = { who: 'mina.1', visitor: 'mina', timelines: () => [shown.mina] }
  agent = { who: 'sara.1', visitor: null, timelines: () => [shown.agent] }
})

const judge = (): Verdict => {
  ledger.look(mina)
  ledger.look(agent)
  return ledger.judge(stored, [mina, agent])
}
/** How many faults of each kind were found. */
const found = () => {
  const { lost, doubled, reordered, astray } = judge()
  return [lost, doubled, reordered, astray].map((one) => one.length > 0)
}
const has = (text: string) => (entry: Entry) => entry.kind === 'message' && entry.text === text
const swap = (entries: readonly Entry[], one: string, other: string): Entry[] => {
  const [a, b] = [entries.find(has(one)), entries.find(has(other))]
  return entries.map((entry) => {
    const moved = entry === a ? b : entry === b ? a : null
    return moved ? { ...moved, seq: entry.seq } : entry
  })
}
const without = (entries: readonly Entry[], text: string) => entries.filter((entry) => !has(text)(entry))
const show = (who: 'mina' | 'agent', entries: readonly Entry[]) => {
  shown = { ...shown, [who]: { ...shown[who], entries } }
}
const store = (entries: readonly Entry[]) => {
  const [one] = stored
  if (one) stored = [{ ...one, entries: entries.map((entry, i) => ({ ...entry, seq: i + 1 })) }]
}

it('finds nothing where nothing is wrong', () => expect(judge()).toEqual(faultless))

it('finds a message that the store has lost', () => {
  store(without(story.entries, 'mina:2'))
  expect(found()).toEqual([true, false, true, true])
})

it('finds a message that was shown as sent and never stored, though nobody shows it any more', () => {
  ledger.look(mina)
  store(without(story.entries, 'mina:3'))
  show('mina', without(shown.mina.entries, 'mina:3'))
  show('agent', without(shown.agent.entries, 'mina:3'))
  expect(judge().lost).toContain('mina:3: shown to mina.1 as sent')
})

it('finds a message that only one view lacks', () => {
  show('agent', without(shown.agent.entries, 'mina:1'))
  show('mina', without(shown.mina.entries, 'mina:2'))
  expect(judge().lost).toEqual(['mina:2: mina.1 does not see it'])
})

it('finds a message that still waits, and one that waits though it is there', () => {
  const waits = (text: string) => ({ clientId: aClientId(), text, writtenAt: 0, state: { name: 'queued' } })
  ledger.wrote('mina:4', { author: 'mina', visitor: 'mina', note: false })
  shown.mina = { ...shown.mina, pending: [waits('mina:4'), waits('mina:3')] as Timeline['pending'] }
  expect(judge()).toMatchObject({
    lost: ['mina:4: not in the store', 'mina:4: still waits with mina.1'],
    doubled: ['mina:3: mina.1 sees it twice'],
  })
})

it('finds a message that is stored twice', () => {
  const again = story.entries.find(has('mina:2'))
  store(again ? [...story.entries, again] : [])
  expect(judge().doubled).toEqual(['mina:2: more than once in the store'])
})

it('finds a message that one view shows twice', () => {
  const again = shown.agent.entries.find(has('mina:2'))
  show('agent', again ? [...shown.agent.entries, again] : [])
  expect(judge().doubled).toEqual(['mina:2: sara.1 sees it twice'])
})

it('finds that an author’s order was not kept', () => {
  store(swap(story.entries, 'mina:1', 'mina:3'))
  show('mina', swap(shown.mina.entries, 'mina:1', 'mina:3'))
  show('agent', swap(shown.agent.entries, 'mina:1', 'mina:3'))
  expect(judge().reordered).toEqual([
    'mina:2: not in its author’s order in the store',
    'mina:1: not in its author’s order in the store',
  ])
})

it('finds that one view has another order than the store', () => {
  show('agent', swap(shown.agent.entries, 'mina:1', 'sara:1'))
  expect(found()).toEqual([false, false, true, false])
})

it('finds that a message stood elsewhere for a moment', () => {
  const { entries } = shown.agent
  show('agent', swap(entries, 'mina:1', 'mina:2'))
  ledger.look(agent)
  show('agent', entries)
  expect(found()).toEqual([false, false, true, false])
})

it('finds a note that reached a visitor, and what is another visitor’s', () => {
  show('mina', shown.agent.entries)
  expect(judge().astray).toEqual(['A regular.: mina.1 sees it'])
  mina = { ...mina, visitor: 'omar' }
  expect(judge().astray).toContain('mina:1: mina.1 sees it')
})

it('finds a number that was left out', () => {
  const [one] = stored
  stored = one ? [{ ...one, entries: one.entries.slice(1) }] : []
  expect(found()).toEqual([true, false, false, true])
})
