import { withoutBidiControls } from './unseen.ts'

/** `{{visitor.name|friend}}`: a value by its name, and what stands for it where there is none. */
const slot = /\{\{([^{}|]{1,90})(?:\|([^{}|]{0,200}))?\}\}/g

/**
 * Puts values into a text, once and as text: whatever stands in a value is never looked at again. A value that
 * is missing or blank gives way to what is written after the bar, else to nothing.
 */
export function fillIn(text: string, values: ReadonlyMap<string, string>): string {
  const around = text.replace(slot, '')
  return text.replace(slot, (_, name: string, otherwise = '') => {
    // Its own controls could end the isolation it is put in.
    const value = withoutBidiControls(values.get(name.trim()) ?? '').trim() || String(otherwise).trim()
    return runsOtherWay(value, around) ? `\u2068${value}\u2069` : value
  })
}

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}]/u
/** Digits and Latin letters run from left to right wherever they stand. */
const leftToRight = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}0-9]/u

/** A name in another script, or in two, would pull the punctuation beside it to its own side. */
const runsOtherWay = (value: string, around: string): boolean =>
  (rightToLeft.test(around) ? leftToRight : rightToLeft).test(value)
