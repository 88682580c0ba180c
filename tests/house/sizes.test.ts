import { describe, expect, it } from 'vitest'
import { blindSpots, largeFunctions, longFiles, manyCasts, vagueNames, vaguePaths } from './ceilings.ts'
import { impurities, markupSinks, physicalSides, physicalStyles } from './safety.ts'
import { isCode, isProduct, readRepository } from './sources.ts'
import { type Parsed, parse } from './syntax.ts'

const files = readRepository()
const house = parse(files.filter(isCode))
const product = house.filter(isProduct)
const styles = files.filter(({ path }) => path.endsWith('.css'))

describe('the shape of the house', () => {
  it('has no file over its ceiling', () => expect(longFiles([...house, ...styles])).toEqual([]))
  it('has no function over its ceiling', () => expect(house.flatMap(largeFunctions)).toEqual([]))
  it('has no any, no `!` and no empty catch', () => expect(house.flatMap(blindSpots)).toEqual([]))
  it('has few casts', () => expect(manyCasts(product)).toEqual([]))
  it('has names that say something', () => {
    expect([...house.flatMap(vaguePaths), ...product.flatMap(vagueNames)]).toEqual([])
  })
  it('makes no markup of text', () => expect(product.flatMap(markupSinks)).toEqual([]))
  it('has no left and right', () => {
    expect([...styles.flatMap(physicalSides), ...product.flatMap(physicalStyles)]).toEqual([])
  })
  it('keeps shared/ pure', () => {
    expect(product.filter(({ path }) => path.startsWith('shared/')).flatMap(impurities)).toEqual([])
  })
})

describe('the check itself', () => {
  const code = (text: string, path = 'server/a.tsx'): Parsed => {
    const [parsed] = parse([{ path, text }])
    if (!parsed) throw new Error('nothing was parsed')
    return parsed
  }
  const lines = (count: number, line = 'go()\n'): string => line.repeat(count)

  it('finds a long file', () => {
    expect(longFiles([{ path: 'a.ts', text: lines(301) }])).toEqual([
      expect.stringMatching(/^a\.ts: 301 lines/),
    ])
    expect(longFiles([{ path: 'a.ts', text: lines(300) }])).toEqual([])
  })

  it.each([
    ['function', `function f() {\n${lines(49)}}`],
    ['method', `class A {\n m() {\n${lines(49)}}\n}`],
    ['arrow without a block', `const f = () => [\n${lines(49, '1,\n')}]`],
    ['arrow given to a call', `on('x', async (): Promise<{ a: 1 }> => {\n${lines(49)}})`],
  ])('finds a long %s', (_, text) => expect(largeFunctions(code(text))).toHaveLength(1))

  it('does not take a comment or a short function for a long one', () => {
    expect(largeFunctions(code(`/*\n${lines(60)}*/\nfunction f() {\n${lines(48)}}`))).toEqual([])
  })

  it('lets a chapter of tests be long, in tests only', () => {
    const chapters = [
      `describe('a', () => {\n${lines(90)}})`,
      `export function contract() {\nit('a', b)\n${lines(90)}}`,
    ]
    for (const text of chapters) {
      expect(largeFunctions(code(text, 'tests/a.ts'))).toEqual([])
      expect(largeFunctions(code(text))).toHaveLength(1)
    }
    expect(largeFunctions(code(`const f = () => {\n${lines(90)}}`, 'tests/a.ts'))).toHaveLength(1)
  })

  it('finds five parameters', () => {
    expect(largeFunctions(code('function f(a: 1, b: 2, { c }: { c: 3 }, d = 4, ...e: 5[]) {}'))).toHaveLength(
      1,
    )
    expect(largeFunctions(code('function f(this: Window, a: 1, b: 2, c: 3, d: 4) {}'))).toEqual([])
  })

  it.each(['let a: any', 'a!.b', 'try { a() } catch {}', 'a().catch(() => {})'])(
    'finds that %s looks away',
    (text) => expect(blindSpots(code(text))).toHaveLength(1),
  )

  it('counts casts, but not `as const` or renamed imports', () => {
    expect(manyCasts([code('a as B')])).toHaveLength(1)
    expect(manyCasts([code('<A>b', 'server/a.ts')])).toHaveLength(1)
    expect(manyCasts([code("import { a as b } from './a.ts'; const c = 1 as const")])).toEqual([])
    expect(manyCasts([code(`a as B\n${lines(250)}`)])).toEqual([])
  })

  it.each(['server/utils/a.ts', 'shared/helpers.ts', 'server/agent-service.ts'])(
    'finds that %s says nothing',
    (path) => expect(vaguePaths({ path, text: '' })).toHaveLength(1),
  )

  it('finds a class that says nothing', () => {
    expect(vagueNames(code('class SessionManager {}'))).toHaveLength(1)
    expect(vagueNames(code('const common = 1; hire(manager)'))).toEqual([])
  })

  it.each([
    'a.innerHTML = b',
    "a['outerHTML'] = b",
    'a.insertAdjacentHTML(b, c)',
    '<b dangerouslySetInnerHTML={{ __html: a }} />',
    'document.write(a)',
    'eval(a)',
    'new Function(a)',
    'new DOMParser()',
  ])('finds that %s makes markup or code of text', (text) => expect(markupSinks(code(text))).toHaveLength(1))

  it('leaves words alone', () => {
    expect(markupSinks(code('// innerHTML\nstream.write(a); type F = Function; say("evaluate")'))).toEqual([])
  })

  it.each([
    'margin-left: 1px',
    'left:0',
    'border-top-right-radius: 2px',
    'text-align: right',
    'scroll-padding-left: 1px',
  ])('finds the side in %s', (style) =>
    expect(physicalSides({ path: 'a.css', text: `a {\n ${style};\n}` })).toEqual([
      expect.stringMatching(/^a\.css:2:/),
    ]),
  )

  it('leaves logical sides and comments alone', () => {
    const text =
      '/* left: 0; */ a { margin-inline-start: 1px; text-align: start; --side-left: 1px; transition: left-in }'
    expect(physicalSides({ path: 'a.css', text })).toEqual([])
  })

  it('finds a side set by code', () => expect(physicalStyles(code('a.style.marginLeft = b'))).toHaveLength(1))

  it.each(['Date.now()', 'new Date()', 'Math.random()', 'setTimeout(a)', 'document.title', 'process.env.A'])(
    'finds that %s is not pure',
    (text) => expect(impurities(code(text, 'shared/a.ts'))).toHaveLength(1),
  )

  it('leaves pure look-alikes alone', () => {
    expect(
      impurities(code('new Date(at); Math.max(1); a.process; const o = { window: 1 }', 'shared/a.ts')),
    ).toEqual([])
  })
})
