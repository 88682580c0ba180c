/** Number of code points, the measure of every text limit. */
export const characters = (text: string): number => {
  let count = 0
  for (const _ of text) count++
  return count
}
