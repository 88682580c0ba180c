import type { MessageFile } from '../../shared/file.ts'
import { fileNameHeader, filesPath } from '../../shared/file-paths.ts'
import type { ClientId, VisitorToken } from '../../shared/ids.ts'
import { failure, type Result, success } from '../../shared/result.ts'

export interface UploadAsked {
  base: string
  site: string
  token: VisitorToken
  locale: string
  clientId: ClientId
  name: string
  bytes: Blob
  /** From 0 to 1. */
  progress(share: number): void
  signal: AbortSignal
}

/** Never rejects: no connection and no answer are failures that may be tried again, under the same client id. */
export function upload(asked: UploadAsked): Promise<Result<MessageFile>> {
  const { base, site, token, locale, clientId, name, bytes, progress, signal } = asked
  return new Promise((resolve) => {
    // `fetch` tells nothing of what has been sent so far.
    const request = new XMLHttpRequest()
    const query = new URLSearchParams({ site, clientId, locale })
    request.open('POST', `${base}${filesPath}?${query}`)
    request.setRequestHeader('Authorization', `Bearer ${token}`)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.setRequestHeader(fileNameHeader, encodeURIComponent(name))
    request.upload.onprogress = ({ loaded, total }) => progress(total && loaded / total)
    request.onload = () => resolve(answerOf(request))
    request.onerror = request.onabort = () => resolve(cut())
    signal.addEventListener('abort', () => request.abort())
    request.send(bytes)
  })
}

const cut = () => failure('unavailable', 'The upload was cut.')

function answerOf({ status, responseText }: XMLHttpRequest): Result<MessageFile> {
  try {
    const said = JSON.parse(responseText)
    if (status < 300) return success(said)
    return said.error ? { ok: false, error: said.error } : cut()
  } catch {
    return cut()
  }
}

/** A file that was sent, to be saved; null when it cannot be had. */
export async function download(base: string, token: string, id: string): Promise<Blob | null> {
  const headers = { Authorization: `Bearer ${token}` }
  try {
    const answer = await fetch(`${base}${filesPath}/${id}`, { headers })
    return answer.ok ? await answer.blob() : null
  } catch {
    return null
  }
}
