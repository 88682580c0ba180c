import { describe, expect, it } from 'vitest'
import { isCode, readRepository } from './sources.ts'
import { ruleIds, titles, untold } from './spec.ts'
import { type Parsed, parse } from './syntax.ts'

const files = readRepository()
const spec = files.find(({ path }) => path === 'shared/SPEC.md')?.text ?? ''
const madeUp = (text: string): Parsed[] => parse([{ path: 'tests/a.test.ts', text }])

describe('the rules and their tests', () => {
  it('name each other', () => {
    const tests = parse(files.filter((file) => isCode(file) && file.path.startsWith('tests/')))
    const product = tests.filter(({ path }) => !path.startsWith('tests/house/'))
    expect(untold(spec, product)).toEqual([])
  })
})

describe('the check itself', () => {
  const page = '- **W1** One.\n- **W2** Two.\n'

  it('reads the rules', () => expect(ruleIds(page)).toEqual(['W1', 'W2']))

  it('reads the titles of plain, templated and repeated tests', () => {
    const [source] = madeUp(
      "it('a'); test.each([1])(`b`, f); describe('c', () => { it.skip('d') }); other('e')",
    )
    expect(source && titles(source)).toEqual(['a', '`b`', 'c', 'd'])
  })

  it('finds a rule without a test', () => {
    expect(untold(page, madeUp("it('W1 does one')"))).toEqual([expect.stringContaining('W2')])
  })

  it('finds a rule that does not exist', () => {
    expect(untold(page, madeUp("it('W1 W2 and W9')"))).toEqual([expect.stringContaining('W9')])
  })

  it('finds an id given twice', () => {
    expect(untold(`${page}- **W1** Again.\n`, madeUp("it('W1 W2')"))).toEqual([
      expect.stringContaining('two rules'),
    ])
  })
})
