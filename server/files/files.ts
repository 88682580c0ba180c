import type { Readable } from 'node:stream'
import type { FileType } from '../../shared/file.ts'
import type { Result } from '../../shared/result.ts'

/** The bytes of what people upload, by their SHA-256 in hex. What is known of them stands in the history. */
export interface FileStore {
  /**
   * Takes in at most `most` bytes, as they come, and leaves nothing behind when they break off. Disk full is
   * `unavailable`, too many are `too_large`.
   */
  receive(bytes: AsyncIterable<Uint8Array>, most: number): Promise<Result<Received>>
  /** Null when there is none. */
  open(sha256: string): Promise<OpenFile | null>
  /** Removes it; nothing happens when there is none. */
  remove(sha256: string): Promise<void>
  /** All there are, some at a time. */
  hashes(): AsyncIterable<string[]>
  /** Removes what uploads left that were cut with the process. Before the first upload. */
  clean(): Promise<void>
}

/** Bytes that are here, but nobody's yet. */
export interface Received {
  size: number
  sha256: string
  /** By their first bytes. */
  type: FileType
  /** Puts them under their hash, durably. */
  keep(): Promise<Result<void>>
  discard(): Promise<void>
}

export interface OpenFile {
  size: number
  /** By its first bytes, looked at again. */
  type: FileType
  /** To be read or destroyed: it holds the file open. */
  bytes: Readable
}
