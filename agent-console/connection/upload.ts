import type { MessageFile } from '../../shared/file.ts'
import { agentFilesPath, fileNameHeader } from '../../shared/file-paths.ts'
import type { ClientId, ConversationId } from '../../shared/ids.ts'
import { failure, type Result, success } from '../../shared/result.ts'

export interface UploadAsked {
  conversationId: ConversationId
  clientId: ClientId
  file: File
  /** From 0 to 1. */
  progress(share: number): void
  signal: AbortSignal
}

export type Upload = (asked: UploadAsked) => Promise<Result<MessageFile>>

/** Never rejects. The same client id again is the same file. */
export const upload: Upload = ({ conversationId, clientId, file, progress, signal }) =>
  new Promise((resolve) => {
    // `fetch` tells nothing of what has been sent so far.
    const request = new XMLHttpRequest()
    const query = new URLSearchParams({ conversation: conversationId, clientId })
    request.open('POST', `${agentFilesPath}?${query}`)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.setRequestHeader(fileNameHeader, encodeURIComponent(file.name))
    request.upload.onprogress = ({ loaded, total }) => progress(total && loaded / total)
    request.onload = () => resolve(answerOf(request))
    request.onerror = request.onabort = () => resolve(cut())
    signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })

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
