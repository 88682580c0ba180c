import { pipeline } from 'node:stream'
import type { Response } from 'express'
import type { Reply } from './route.ts'

/**
 * Saved, never opened: pictures are shown by pages of ours as pictures, which heed no disposition. Whatever is
 * no picture goes out as nothing in particular.
 */
export function sendFile(response: Response, { name, content }: NonNullable<Reply['file']>): void {
  const { size, type, bytes } = content
  response.set({
    'Content-Type': type.startsWith('image/') ? type : 'application/octet-stream',
    'Content-Length': String(size),
    'Content-Disposition': disposition(name),
  })
  pipeline(bytes, response, (fault) => {
    if (fault) response.destroy()
  })
}

/** RFC 6266: the plain name for old programs, the real one beside it. */
function disposition(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name.replace(/\p{Surrogate}/gu, '_')).replace(
    /['()*!]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
