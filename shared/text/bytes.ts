import { limits } from '../limits.ts'

const twoBytes = 0x80
const threeBytes = 0x800
const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff

/** In UTF-8. */
export function bytesOf(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < twoBytes) continue
    // A pair of surrogates is one character of four bytes.
    bytes += unit < threeBytes || isSurrogate(unit) ? 1 : 2
  }
  return bytes
}

export const jsonBytes = (value: unknown): number => bytesOf(JSON.stringify(value))

/** The first of them that fit into `room` bytes together, and always the first one, so that who asks on gets on. */
export function fitting<Item>(
  items: readonly Item[],
  room: number = limits.answerBytes,
  sizeOf: (item: Item) => number = jsonBytes,
): Item[] {
  let left = room
  const first = items.findIndex((item, index) => {
    left -= sizeOf(item)
    return left < 0 && index > 0
  })
  return items.slice(0, first < 0 ? items.length : first)
}
