/** An id of a page: random digits, good for some seventy bits. */
export const randomName = (): string => crypto.getRandomValues(new Uint8Array(22)).join('').slice(-22)

/** 256 random bits in base64url. */
export const randomSecret = (): string =>
  btoa(String.fromCharCode(...randomBytes(32)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .slice(0, 43)

/** A version 4 UUID; `crypto.randomUUID` is missing on pages without https. */
export function randomUuid(): string {
  const bytes = randomBytes(16)
  const hex = [...bytes]
    .map((byte, i) =>
      (i === 6 ? (byte & 15) | 64 : i === 8 ? (byte & 63) | 128 : byte).toString(16).padStart(2, '0'),
    )
    .join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

const randomBytes = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))
