/** The first letters of a name's first and last words. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words
  return (
    picked
      .map((word) => [...(word ?? '')][0] ?? '')
      // Kept apart, or Arabic letters would join into a word of their own.
      .join('\u200c')
      .toUpperCase()
  )
}
