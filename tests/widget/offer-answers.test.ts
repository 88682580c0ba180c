import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import type { OfferedField } from '../../shared/invitation.ts'
import { Identity } from '../../shared/visitor.ts'
import { aboutOf, faultOf, messageOf } from '../../widget/live/offers/answers.ts'

const answered = (kind: OfferedField['kind'], value: string, more: Partial<OfferedField> = {}) => ({
  field: { kind, text: kind, required: false, ...more },
  value,
})

describe('what a form was told', () => {
  it('T65 is one message, a line for each answer that was given', () => {
    const answers = [
      answered('name', 'سارا', { text: 'Name' }),
      answered('text', ''),
      answered('choice', 'An order', { text: 'What about?' }),
    ]
    expect(messageOf(answers)).toBe('Name: \u2068سارا\u2069\nWhat about? \u2068An order\u2069')
  })

  it('T65 is known of its author as the server takes it, telephones in Latin digits', () => {
    const about = aboutOf([
      answered('name', 'Amir'),
      answered('email', 'amir@example.com'),
      answered('phone', '+۹۸ ٢١'),
      answered('choice', 'gold', { attribute: 'plan' }),
      answered('text', 'only said'),
    ])
    const known = { name: 'Amir', email: 'amir@example.com', phone: '+98 21', attributes: { plan: 'gold' } }
    expect(about).toEqual(known)
    expect(v.is(Identity, about)).toBe(true)
  })

  it('T65 is nothing to be known where nothing was asked for it', () => {
    expect(aboutOf([answered('text', 'Hello'), answered('email', '')])).toBeUndefined()
  })

  it.each<[string, Partial<OfferedField>, ReturnType<typeof faultOf>]>([
    ['', { required: true }, 'needed'],
    ['', {}, null],
    ['amir', {}, 'noAddress'],
    ['amir@example', {}, 'noAddress'],
    ['amir@example.com', { required: true }, null],
  ])('T65 lets %j with %o be sent, or says what is wrong', (value, more, fault) => {
    const answer = answered('email', value, more)
    expect(faultOf(answer)).toBe(fault)
    if (value) expect(v.is(Identity, { email: value })).toBe(fault === null)
  })
})
