import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldForSearch, westernDigits } from '../../../shared/text/fold.ts'

describe('folding a text for search', () => {
  it.each([
    ['Arabic and Persian yeh', 'علي', 'علی'],
    ['Arabic and Persian kaf', 'كتاب', 'کتاب'],
    ['vowel signs', 'مُحَمَّد', 'محمد'],
    ['hamza on its seat', 'أهلاً', 'اهلا'],
    ['alef with madda', 'آب', 'اب'],
    ['the stretching stroke', 'ســـلام', 'سلام'],
    ['half space', 'می\u200cخواهم', 'میخواهم'],
    ['Persian digits', 'سفارش ۱۲۳', 'سفارش 123'],
    ['Arabic digits', 'طلب ١٢٣', 'طلب 123'],
    ['letters joined into one character', 'ﻻ', 'لا'],
    ['capitals and accents', 'Café', 'cafe'],
    ['marks of direction', '\u200fسلام\u200e', 'سلام'],
    ['spaces', '  two \n words ', 'two words'],
  ])('C13 takes %s for the same', (_, one, other) => {
    expect(foldForSearch(one)).toBe(foldForSearch(other))
  })

  it('C13 keeps different words apart', () => {
    expect(foldForSearch('سلام')).not.toBe(foldForSearch('سلیم'))
  })

  it('C13 folds what is folded to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(foldForSearch(foldForSearch(text))).toBe(foldForSearch(text))
      }),
    )
  })

  it('reads a number in any of the three scripts', () => {
    expect(westernDigits('۰۱۲۳۴۵۶۷۸۹ ٠١٢٣٤٥٦٧٨٩ 42')).toBe('0123456789 0123456789 42')
  })
})
