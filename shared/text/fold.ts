/** Letters that Arabic and Persian keyboards write differently, and people take for the same. */
const alike: Readonly<Record<string, string>> = { ي: 'ی', ى: 'ی', ك: 'ک', ة: 'ه' }

/** Marks on letters, the stretching of a line, joiners, and controls of direction. */
const unheard = /[\p{M}\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu

const arabicZero = 0x0660
const persianZero = 0x06f0

const digitOf = (digit: string): string => {
  const code = digit.charCodeAt(0)
  return String(code - (code >= persianZero ? persianZero : arabicZero))
}

/**
 * The text as it is searched: without case, accents and vowel signs, with one letter for those that look
 * alike, and with one kind of digits.
 */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(unheard, '')
    .toLowerCase()
    .replace(/[يىكة]/g, (letter) => alike[letter] ?? letter)
    .replace(/[٠-٩۰-۹]/g, digitOf)
    .replace(/\s+/g, ' ')
    .trim()
