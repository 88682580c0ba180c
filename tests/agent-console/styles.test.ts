import { readdir, readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'

const folder = 'agent-console/ui'
const physical =
  /(?<![\w-])(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)|(?<![\w-])(?:left|right)\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius|(?<![\w-])(?:width|height|min-width|max-width|min-height|max-height)\s*:\s*[^)]*;/

let lines: { where: string; text: string }[] = []

beforeAll(async () => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.css'))
  const texts = await Promise.all(names.map((name) => readFile(`${folder}/${name}`, 'utf8')))
  lines = texts.flatMap((text, i) =>
    text.split('\n').map((line, n) => ({ where: `${names[i]}:${n + 1}`, text: line })),
  )
})

describe('the style sheets', () => {
  it('know start and end, never left and right', () => {
    expect(lines.filter(({ text }) => physical.test(text))).toEqual([])
  })

  it('take every colour from the tokens', () => {
    const colours = lines.filter(
      ({ where, text }) =>
        !where.startsWith('tokens.css') && /#[0-9a-f]{3,8}\b|(?:rgb|hsl|oklch)\((?!0 0 0)/i.test(text),
    )
    expect(colours).toEqual([])
  })

  it.each(['margin-left: 4px;', '  right: 0;', 'text-align: left;', 'width: 10px;'])(
    'would notice %s',
    (line) => {
      expect(physical.test(line)).toBe(true)
    },
  )
})
