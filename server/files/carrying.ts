import type { FileStore } from './files.ts'

/** All of one file, or null when there is none. */
export async function bytesOf(store: FileStore, sha256: string): Promise<Buffer | null> {
  const file = await store.open(sha256)
  if (!file) return null
  const pieces: Uint8Array[] = []
  for await (const piece of file.bytes) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** Puts bytes where they belong by their hash. False when they are not what the hash says. */
export async function putBytes(store: FileStore, sha256: string, bytes: Uint8Array): Promise<boolean> {
  const received = await store.receive(inOnePiece(bytes), bytes.byteLength)
  if (!received.ok) throw new Error(received.error.message)
  if (received.value.sha256 !== sha256) {
    await received.value.discard()
    return false
  }
  const kept = await received.value.keep()
  if (!kept.ok) throw new Error(kept.error.message)
  return true
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
