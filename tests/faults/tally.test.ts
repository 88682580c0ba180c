import { expect, it } from 'vitest'
import { faultless } from './people/ledger.ts'
import { since, Tally } from './run/tally.ts'

it('counts each message once, under every fault that was at work', () => {
  const tally = new Tally()
  tally.addKills(2)
  tally.add(['kill.random', 'reset'], { messages: 100, found: faultless })
  const lost = ['mina:1: not in the store', 'mina:1: omid does not see it', 'mina:2: not in the store']
  tally.add(['kill.random', 'delay'], {
    messages: 50,
    found: { ...faultless, lost, doubled: ['a:1: twice'] },
  })
  expect(tally.isFaultless).toBe(false)
  expect(tally.report()).toEqual({
    ...{ messages: 150, kills: 2, lost: 2, doubled: 1, reordered: 0 },
    faults: [
      { id: 'kill.random', tried: 2, lost: 2, doubled: 1, reordered: 0 },
      { id: 'reset', tried: 1, lost: 0, doubled: 0, reordered: 0 },
      { id: 'delay', tried: 1, lost: 2, doubled: 1, reordered: 0 },
    ],
  })
  expect(tally.table()).toContain('| all, with 2 kills | 2 | 150 | 2 | 1 | 0 |')
})

it('is not faultless when something reached the wrong person or was logged as an error', () => {
  const astray = new Tally()
  astray.add(['reset'], { messages: 1, found: { ...faultless, astray: ['a:1: omar sees it'] } })
  expect(astray.isFaultless).toBe(false)
  expect(astray.report()).toMatchObject({ lost: 0, doubled: 0, reordered: 0 })
})

it('charges a run with what it has found anew', () => {
  const earlier = { ...faultless, lost: ['a:1: not in the store'] }
  const now = { ...faultless, lost: ['a:1: not in the store', 'b:1: not in the store'] }
  expect(since(earlier, now)).toEqual({ ...faultless, lost: ['b:1: not in the store'] })
})
