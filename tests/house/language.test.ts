import { describe, expect, it } from 'vitest'
import { workplaceWords } from './language.ts'
import { readRepository } from './sources.ts'

// The check and its examples hold what it looks for.
const files = readRepository().filter(({ path }) => !path.startsWith('tests/house/language'))

describe('the words of the repository', () => {
  it('speak of the product alone', () => expect(files.flatMap(workplaceWords)).toEqual([]))

  it('do not say where packages were fetched from', () => {
    const lock = files.find(({ path }) => path === 'package-lock.json')
    expect(lock?.text).not.toContain('"resolved"')
  })
})

describe('the check itself', () => {
  it.each([
    'see /home/sara/ahlan',
    'cd /work/tree',
    'https://registry.example.org/a.tgz',
    '"resolved": "https://a.example/a.tgz"',
    'http://192.168.1.7:3000',
  ])('finds %s', (text) => expect(workplaceWords({ path: 'a.md', text })).toHaveLength(1))

  it.each(['/home', 'GET /v1/sites/:key', 'the network /24', 'a registry of names'])(
    'leaves %s alone',
    (text) => expect(workplaceWords({ path: 'a.md', text })).toEqual([]),
  )
})
