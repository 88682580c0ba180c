/** They turn letters round: what is shown is not what is written. */
const overrides = /[\u202d\u202e]/g
const bidiControls = /[\u202a-\u202e\u2066-\u2069]/g
/** Line breaks, tabs and what no screen shows. */
const breaks = /[\p{Cc}\u2028\u2029]/gu

/**
 * A text whose letters stand as they were written. Embeddings and isolates stay: phones put them
 * around numbers and names, and without them those would be shown the wrong way round.
 */
export const withoutOverrides = (text: string): string => text.replace(overrides, '')

/** The marks that direct neighbours and the joiners stay: Arabic and Persian are written with them. */
export const withoutBidiControls = (text: string): string => text.replace(bidiControls, '')

/** On one line, and without any control that could reach beyond it. */
export const onOneLine = (text: string): string => withoutBidiControls(text).replace(breaks, ' ')
