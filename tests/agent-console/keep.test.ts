import { describe, expect, it } from 'vitest'
import { createKeep } from '../../agent-console/state/keep.ts'
import { memoryKeep } from './support/desk.ts'

describe('what the console keeps in the browser', () => {
  it('reads the newest value where the disk refused it and still holds an older one', () => {
    const keep = memoryKeep()
    keep.write('draft', 'early')
    keep.forbid()
    keep.write('draft', 'late')
    expect([keep.read('draft'), keep.held.get('draft'), keep.lasting.get()]).toEqual(['late', 'early', false])
  })

  it('forgets what the disk refused as well as what it holds', () => {
    const keep = memoryKeep()
    keep.write('draft', 'early')
    keep.forbid()
    keep.write('draft', 'late')
    keep.write('draft', null)
    expect([keep.read('draft'), keep.keys('')]).toEqual([null, []])
  })

  it('holds everything for the life of the page where storage is forbidden altogether', () => {
    const keep = createKeep(() => {
      throw new Error('SecurityError')
    })
    keep.write('a.1', 'one')
    expect([keep.read('a.1'), keep.read('b'), keep.keys('a.'), keep.lasting.get()]).toEqual([
      'one',
      null,
      ['a.1'],
      false,
    ])
  })
})
