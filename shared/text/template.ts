/** `{{visitor.name|friend}}`: a value by its name, and what stands for it where there is none. */
const slot = /\{\{ {0,9}([\w.]{1,60}) {0,9}(?:\|([^{}|]{0,200}))?\}\}/g

/**
 * Puts values into a text, once and as text: whatever stands in a value is never looked at again. A value that
 * is missing or blank gives way to what is written after the bar, else to nothing.
 */
export const fillIn = (text: string, values: ReadonlyMap<string, string>): string =>
  text.replace(slot, (_, name: string, otherwise = '') => {
    const value = values.get(name)?.trim() || String(otherwise).trim()
    return runsOtherWay(value, text) ? `\u2068${value}\u2069` : value
  })

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}]/u

/** A name in another script would pull the punctuation beside it to its own side. */
const runsOtherWay = (value: string, text: string): boolean =>
  value !== '' && rightToLeft.test(value) !== rightToLeft.test(text.replace(slot, ''))
