import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fillIn } from '../../../shared/text/template.ts'

const named = (name: string) => new Map([['visitor.name', name]])

it.each([
  ['Hello {{visitor.name|friend}}', 'Sara', 'Hello Sara'],
  ['Hello {{ visitor.name | friend }}', '', 'Hello friend'],
  ['Hello {{visitor.name}}', ' ', 'Hello '],
  ['Hello {{visitor.shoeSize|you}}', 'Sara', 'Hello you'],
  ['{{visitor.name}} {{visitor.name}}', 'Sara', 'Sara Sara'],
  ['Hello {{visitor.name|friend}}', '<b>Sara</b>', 'Hello <b>Sara</b>'],
  ['Hello {{visitor.name|friend}}', 'Sa\u2069\u202era', 'Hello Sara'],
  ['Hello {{visitor.name|friend', 'Sara', 'Hello {{visitor.name|friend'],
  ['Hello {{visitor.name|friend}}', '{{visitor.name|x}}', 'Hello {{visitor.name|x}}'],
  ['Hello {{visitor.name|friend}}', '$& $1', 'Hello $& $1'],
])('T17 %s, with the name %j: %s', (text, name, said) => expect(fillIn(text, named(name))).toBe(said))

it('T17 keeps a name of another script together', () => {
  expect(fillIn('سلام {{visitor.name|دوست}}!', named('Sara'))).toBe('سلام \u2068Sara\u2069!')
  expect(fillIn('سلام {{visitor.name|دوست}}', named('سارا'))).toBe('سلام سارا')
})

it('T17 keeps apart what runs both ways, or is a number in a text that runs the other', () => {
  expect(fillIn('سلام {{visitor.name|دوست}}!', named('Sara سارا'))).toBe('سلام \u2068Sara سارا\u2069!')
  expect(fillIn('شماره: {{visitor.name}}!', named('+98 21'))).toBe('شماره: \u2068+98 21\u2069!')
  expect(fillIn('Hello {{visitor.name}}!', named('سارا'))).toBe('Hello \u2068سارا\u2069!')
})

it('T17 puts in attributes by any name they have', () => {
  const words = new Map([['attribute.first plan-name', 'gold']])
  expect(fillIn('On {{attribute.first plan-name|free}}', words)).toBe('On gold')
})

it('T17 puts in what it is given and never looks into it', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, name) => {
      fc.pre(!before.includes('{') && name.trim() === name && name !== '')
      const said = fillIn(`${before}{{visitor.name}}`, named(name))
      expect(said.replace(/[\u2068\u2069]/g, '')).toBe(before + name.replace(/[\u2068\u2069]/g, ''))
      expect(
        fillIn(
          `${before}{{a}}`,
          new Map([
            ['a', `{{b}}${name}`],
            ['b', 'never'],
          ]),
        ),
      ).not.toContain('never')
    }),
  )
})
