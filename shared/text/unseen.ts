/** They turn letters round: what is shown is not what is written. */
const overrides = /[\u202d\u202e]/g
const bidiControls = /[\u202a-\u202e\u2066-\u2069]/g
/** Line breaks, tabs and what no screen shows. */
const breaks = /[\p{Cc}\u2028\u2029]/gu
/** Fillers and blanks that Unicode does not count among its white space are among the ignorable ones, or here. */
const visible = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\u2800\ufff9-\ufffb]/u

/** Nothing in it can be seen: spaces, joiners and fillers alone. */
export const isBlank = (text: string): boolean => !visible.test(text)

/**
 * A text whose letters stand as they were written. Embeddings and isolates stay: phones put them
 * around numbers and names, and without them those would be shown the wrong way round.
 */
export const withoutOverrides = (text: string): string => text.replace(overrides, '')

/** The marks that direct neighbours and the joiners stay: Arabic and Persian are written with them. */
export const withoutBidiControls = (text: string): string => text.replace(bidiControls, '')

/** On one line, and without any control that could reach beyond it. */
export const onOneLine = (text: string): string => withoutBidiControls(text).replace(breaks, ' ')
