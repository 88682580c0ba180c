import type { FileType } from '../../shared/file.ts'

/** As many of the first bytes as a type is told by. */
export const magicLength = 16

const marks: readonly (readonly [FileType, offset: number, mark: string, alsoAt8?: string])[] = [
  ['image/png', 0, '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/gif', 0, 'GIF87a'],
  ['image/gif', 0, 'GIF89a'],
  ['image/webp', 0, 'RIFF', 'WEBP'],
  ['audio/wav', 0, 'RIFF', 'WAVE'],
  ['application/pdf', 0, '%PDF-'],
  ['application/zip', 0, 'PK\x03\x04'],
  ['application/zip', 0, 'PK\x05\x06'],
  ['application/gzip', 0, '\x1f\x8b'],
  ['audio/mpeg', 0, 'ID3'],
  ['audio/ogg', 0, 'OggS'],
  ['video/webm', 0, '\x1a\x45\xdf\xa3'],
  ['video/mp4', 4, 'ftyp'],
]

/** What these first bytes are the beginning of. Whatever is not known is `application/octet-stream`. */
export function typeOf(bytes: Uint8Array): FileType {
  const text = Buffer.from(bytes.subarray(0, magicLength)).toString('latin1')
  const found = marks.find(
    ([, offset, mark, alsoAt8]) =>
      text.startsWith(mark, offset) && (alsoAt8 === undefined || text.startsWith(alsoAt8, 8)),
  )
  return found?.[0] ?? 'application/octet-stream'
}
