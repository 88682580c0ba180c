/** The first letters of a name's first two words. */
export const initials = (name: string): string =>
  name
    .trim()
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    // Kept apart, or Arabic letters would join into a word of their own.
    .join('\u200c')
    .toLocaleUpperCase()
