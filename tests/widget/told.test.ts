import { describe, expect, it } from 'vitest'
import type { ClientId } from '../../shared/ids.ts'
import { failure } from '../../shared/result.ts'
import { mint } from '../../widget/page/settings.ts'
import {
  applyEvent,
  type Connection,
  emptyState,
  unstarted,
  type WidgetEvent,
  type WidgetState,
} from '../../widget/state/state.ts'
import { connectionTold } from '../../widget/ui/told.ts'

const second = 1_000
const at = (seconds: number, connection: Connection): WidgetEvent => ({
  type: 'connection',
  ...{ connection, at: seconds * second },
})
const given = (state: WidgetState, ...events: WidgetEvent[]): WidgetState => events.reduce(applyEvent, state)
/** What is shown so many seconds after the beginning; in brackets what is only said. */
function told(state: WidgetState, seconds: number, network = true): string {
  const { word, shown, waiting } = connectionTold(state, { now: seconds * second, network })
  return `${shown ? word : `(${word})`}${waiting ? ` ${waiting}` : ''}`
}
const seconds = (state: WidgetState, ...times: number[]) => times.map((one) => told(state, one))

const begun = given(emptyState, at(100, 'connecting'))
/** Greeted, and never before seen to be away. */
const online = given({ ...begun, epoch: 'e' }, at(101, 'online'))
const lost = given(online, at(200, 'offline'))
const writes = (name: string): WidgetEvent => ({
  type: 'timeline',
  place: unstarted,
  event: { type: 'queued', clientId: mint(name), text: name, writtenAt: 1 },
})

describe('how the connection is told of', () => {
  it('W52 is silent about the first seconds, and says then what it does', () => {
    expect(seconds(begun, 100, 101, 103, 105)).toEqual(['(null)', '(null)', 'connecting', 'connecting'])
    expect(seconds(given(begun, at(101, 'offline')), 103, 107)).toEqual(['connecting', 'offline'])
    expect(told(online, 102)).toBe('(online)')
  })

  it('W52 does not show a blink, neither its beginning nor its end', () => {
    expect(seconds(lost, 200, 201)).toEqual(['(online)', '(online)'])
    expect(told(given(lost, at(201, 'online')), 201)).toBe('(online)')
  })

  it('W52 tries again, then has none, however many attempts fail meanwhile', () => {
    const failing = given(lost, at(201, 'offline'), at(203, 'offline'), at(205, 'offline'))
    for (const state of [lost, failing])
      expect(seconds(state, 202, 205, 206, 999)).toEqual([
        ...['reconnecting', 'reconnecting', 'offline', 'offline'],
      ])
    // What is the same state draws nothing anew, and so announces nothing.
    expect(connectionTold(failing, { now: 204_000, network: true })).toEqual(
      connectionTold(lost, { now: 204_000, network: true }),
    )
  })

  it('W52 does not try the patience of whose device says that it has no network', () => {
    expect(told(lost, 202, false)).toBe('offline')
  })

  it('W52 counts what waits, and leaves out what was given up', () => {
    const two = given(lost, writes('one'), writes('two'))
    expect(told(two, 210)).toBe('offline 2')
    const clientId: ClientId = mint('one')
    const sending = { type: 'sending', clientId } as const
    expect(told(given(two, { type: 'timeline', place: unstarted, event: sending }), 210)).toBe('offline 2')
    const error = failure('too_large', 'too long').error
    const givenUp = { type: 'notSent', clientId, error } as const
    expect(told(given(two, { type: 'timeline', place: unstarted, event: givenUp }), 210)).toBe('offline 1')
  })

  it('W52 shows for a while that it is back, and then only that all is well by saying nothing', () => {
    const back = given(lost, writes('one'), at(260, 'online'))
    expect(seconds(back, 260, 263, 264)).toEqual(['online', 'online', '(online)'])
    expect(connectionTold(back, { now: 260_000, network: true }).until).toBe(264_000)
    // Greeted once more on the same line.
    expect(seconds(given(back, at(262, 'online')), 263, 264)).toEqual(['online', '(online)'])
  })

  it('W9 says at once what waiting does not mend', () => {
    const refused = (reason: 'protocol' | 'site') =>
      given(lost, writes('one'), { type: 'connection', connection: 'refused', refused: reason, at: 201_000 })
    expect([told(refused('protocol'), 201), told(refused('site'), 201)]).toEqual(['outdated', 'refused'])
  })
})
