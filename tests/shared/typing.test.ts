import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { times } from '../../shared/limits.ts'
import { noticeTyping, type TypingMove, type TypingNotice } from '../../shared/typing.ts'

type Step = [at: number, type: TypingMove['type']]

/** What the other side is told, and when. */
function told(steps: readonly Step[]): [at: number, typing: boolean][] {
  let notice: TypingNotice = null
  return steps.flatMap(([at, type]) => {
    const next = noticeTyping(notice, { type }, at)
    notice = next.notice
    return next.send === null ? [] : [[at, next.send]]
  })
}

const { typingRenews, typingExpires } = times

describe('typing', () => {
  it('C16 is told with the first key, and not with each', () => {
    expect(
      told([
        [0, 'pressed'],
        [1, 'pressed'],
        [typingRenews - 1, 'pressed'],
      ]),
    ).toEqual([[0, true]])
  })

  it('C16 is renewed as long as it goes on, before the notice lapses', () => {
    expect(
      told([
        [0, 'pressed'],
        [typingRenews, 'pressed'],
      ]),
    ).toEqual([
      [0, true],
      [typingRenews, true],
    ])
    expect(typingRenews).toBeLessThan(typingExpires)
  })

  it('C16 is taken back once, and only when it was told', () => {
    expect(
      told([
        [0, 'stopped'],
        [1, 'pressed'],
        [2, 'stopped'],
        [3, 'stopped'],
      ]),
    ).toEqual([
      [1, true],
      [2, false],
    ])
  })

  it('C16 is told at once again after it was taken back', () => {
    expect(
      told([
        [0, 'pressed'],
        [1, 'stopped'],
        [2, 'pressed'],
      ]),
    ).toEqual([
      [0, true],
      [1, false],
      [2, true],
    ])
  })

  it('C16 goes on after the device’s clock was set back', () => {
    expect(
      told([
        [9_000_000, 'pressed'],
        [0, 'pressed'],
      ]),
    ).toEqual([
      [9_000_000, true],
      [0, true],
    ])
  })

  it('C16 never lapses on the other side while keys come often enough', () => {
    const pauses = fc.array(fc.integer({ min: 0, max: typingExpires - typingRenews }), { minLength: 1 })
    fc.assert(
      fc.property(pauses, (gaps) => {
        let at = 0
        const pressed = gaps.map((gap): Step => {
          at += gap
          return [at, 'pressed']
        })
        const notices = told(pressed)
        const last = notices.at(-1)?.[0] ?? Number.NaN
        const spaces = notices.slice(1).map(([when], i) => when - (notices[i]?.[0] ?? 0))
        expect(Math.max(0, ...spaces, at - last)).toBeLessThan(typingExpires)
      }),
    )
  })
})
