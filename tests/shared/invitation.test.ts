import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sayIn, wordsOf } from '../../shared/invitation.ts'
import { limits } from '../../shared/limits.ts'

const words = wordsOf({ 'visitor.name': 'Sara', 'site.name': 'Shop' }, { plan: 'gold', seats: 3 })
const say = { en: 'Hello {{visitor.name|friend}}', fa: 'سلام {{visitor.name|دوست}}' }
const label = { en: 'On {{attribute.plan|free}}', fa: 'طرح {{attribute.plan|رایگان}}' }

describe('what a rule says', () => {
  it('T61 is in the language read, and in another where there is none or it was left blank', () => {
    expect(sayIn({ say }, 'fa', words).text).toBe('سلام \u2068Sara\u2069')
    expect(sayIn({ say }, 'ar', words).text).toBe('Hello Sara')
    expect(sayIn({ say: { ar: ' ', fa: 'سلام' } }, 'ar', words).text).toBe('سلام')
  })

  it('T61 offers nothing besides for a bubble, which older pages show for all of them', () => {
    expect(sayIn({ say }, 'en', words)).toEqual({ text: 'Hello Sara' })
    expect(sayIn({ say, action: { kind: 'bubble' } }, 'en', words)).toEqual({ text: 'Hello Sara' })
  })

  it('T61 puts its variables into labels and answers too', () => {
    const action = {
      kind: 'buttons' as const,
      buttons: [
        { does: 'answer' as const, label },
        { does: 'answer' as const, label, text: { en: '{{attribute.seats}} seats at {{site.name}}' } },
        { does: 'link' as const, label, href: '/sale' },
      ],
    }
    expect(sayIn({ say, action }, 'en', words).action).toEqual({
      kind: 'buttons',
      buttons: [
        { text: 'On gold', says: 'On gold' },
        { text: 'On gold', says: '3 seats at Shop' },
        { text: 'On gold', href: '/sale' },
      ],
    })
  })

  it('T61 asks what a form asks, in the language read', () => {
    const fields = [
      { kind: 'email' as const, label: { en: 'E-mail', fa: 'ایمیل' }, required: true },
      {
        kind: 'choice' as const,
        label,
        options: [{ en: 'One', fa: 'یک' }, { en: 'Two' }],
        attribute: 'many',
      },
    ]
    expect(sayIn({ say, action: { kind: 'form', fields } }, 'fa', words).action).toEqual({
      kind: 'form',
      fields: [
        { kind: 'email', text: 'ایمیل', required: true },
        {
          ...{ kind: 'choice', text: 'طرح \u2068gold\u2069', required: false },
          ...{ options: ['یک', 'Two'], attribute: 'many' },
        },
      ],
    })
  })

  it('T60 tells the page of an event instead of showing anything', () => {
    const action = { kind: 'event' as const, name: 'offer', properties: { percent: 20 } }
    expect(sayIn({ say, action }, 'en', words)).toEqual({
      text: 'Hello Sara',
      event: { name: 'offer', properties: { percent: 20 }, text: 'Hello Sara' },
    })
  })

  it('T17 never looks into what it puts in, whatever it is, and no text becomes too long by it', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 40 }),
        fc.constantFrom('{{site.name}}', '<b>', '{{', '}}|'),
        (some, odd) => {
          const name = `x${some}${odd}x`
          const said = sayIn({ say }, 'en', wordsOf({ 'visitor.name': name, 'site.name': 'never' })).text
          expect(said).toBe(`Hello ${name}`)
        },
      ),
      { numRuns: 50 },
    )
    const long = wordsOf({}, { much: 'م'.repeat(500) })
    const { text } = sayIn({ say: { fa: '{{attribute.much}}'.repeat(20) } }, 'fa', long)
    expect([...text]).toHaveLength(limits.messageCharacters)
  })
})
