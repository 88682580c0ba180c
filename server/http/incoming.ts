import type { Request } from 'express'
import * as v from 'valibot'
import { fileNameHeader } from '../../shared/file-paths.ts'
import { VisitorToken } from '../../shared/ids.ts'
import { fileName } from '../../shared/text/file-name.ts'
import type { Incoming } from '../domain/files-domain.ts'

/** A visitor's token, which never stands in an address. */
export function bearerOf(request: Request): VisitorToken | null {
  const [scheme = '', token = ''] = (request.get('authorization') ?? '').split(' ')
  const parsed = v.safeParse(VisitorToken, token)
  return scheme.toLowerCase() === 'bearer' && parsed.success ? parsed.output : null
}

/** The file a request carries; null unless it says that it is one, and how long. */
export function incomingOf(request: Request): Incoming | null {
  const length = request.get('content-length') ?? ''
  if (request.get('content-type') !== 'application/octet-stream' || !/^\d{1,15}$/.test(length)) return null
  // Who stops reading half-way still has an answer to give.
  const bytes = request.iterator({ destroyOnReturn: false })
  return { bytes, length: Number(length), name: nameOf(request.get(fileNameHeader) ?? '') }
}

function nameOf(encoded: string): string {
  try {
    return fileName(decodeURIComponent(encoded))
  } catch {
    return fileName('')
  }
}
