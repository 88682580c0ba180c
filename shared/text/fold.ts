/** Letters that are one letter to a reader, and are typed differently from keyboard to keyboard. */
const sameLetter: Record<string, string> = {
  ي: 'ی', // Arabic yeh
  ى: 'ی', // alef maksura
  ك: 'ک', // Arabic kaf
  ة: 'ه', // teh marbuta
  ہ: 'ه', // Urdu heh
  ە: 'ه',
  ھ: 'ه',
  ٱ: 'ا',
}

const variants = /[يىكةہەھٱ]/g
/** Vowel signs and accents, the stretching stroke, joiners and marks of direction. */
const unread = /[\p{Mn}\u0640\u200b-\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/gu
const easternDigit = /[٠-٩۰-۹]/g

/**
 * The form of a text in which search compares: two spellings that a reader takes for the same
 * word fold to the same text. Not for display.
 */
export const foldForSearch = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(unread, '')
    .replace(variants, (letter) => sameLetter[letter] ?? letter)
    .replace(easternDigit, (digit) => String(digitValue(digit)))
    .replace(/\s+/g, ' ')
    .trim()

/** A text in which every Arabic or Persian digit is an ASCII one, for fields that want a number. */
export const westernDigits = (text: string): string =>
  text.replace(easternDigit, (digit) => String(digitValue(digit)))

/** The low four bits of both eastern digit blocks are the digit. */
const digitValue = (digit: string): number => digit.charCodeAt(0) & 15
