import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'

interface Locked {
  version?: string
  resolved?: string
  integrity?: string
}

describe('the lock of packages', () => {
  it('says what each package is, and not where it is to be had', async () => {
    const { packages }: { packages: Record<string, Locked> } = JSON.parse(
      await readFile('package-lock.json', 'utf8'),
    )
    const locked = Object.entries(packages).filter(([path]) => path !== '')
    expect(locked.length).toBeGreaterThan(100)
    expect(locked.filter(([, { resolved }]) => resolved)).toEqual([])
    expect(locked.filter(([, { version, integrity }]) => !version || !integrity)).toEqual([])
  })
})
