import { createHash, randomBytes } from 'node:crypto'
import { type FileHandle, mkdir, open, opendir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { failure, type Result, success } from '../../shared/result.ts'
import { flush } from '../flush.ts'
import type { FileStore, OpenFile, Received } from './files.ts'
import { magicLength, typeOf } from './magic.ts'

const hash = /^[0-9a-f]{64}$/
const temporary = '.upload-'
const retryAfterMs = 10_000

/** Files in one directory, made when the first one comes. Each is at every moment either whole or not there. */
export function diskFiles(directory: string): FileStore {
  const pathOf = (sha256: string): string => join(directory, sha256)
  return {
    async receive(bytes, most) {
      const upload = new Upload(directory)
      try {
        return await upload.take(bytes, most)
      } catch (fault) {
        await upload.discard()
        return refused(fault)
      }
    },
    open: (sha256) => openFile(pathOf(sha256)),
    async remove(sha256) {
      await rm(pathOf(sha256), { force: true })
      await flush(directory)
    },
    async *hashes() {
      for await (const names of namesIn(directory)) yield names.filter((name) => hash.test(name))
    },
    async clean() {
      for await (const names of namesIn(directory))
        for (const name of names)
          if (name.startsWith(temporary)) await rm(join(directory, name), { force: true })
    },
  }
}

/** One upload on its way to the disk. */
class Upload implements Received {
  size = 0
  sha256 = ''
  #file
  #beginning = Buffer.alloc(0)

  constructor(private readonly directory: string) {
    this.#file = join(directory, temporary + randomBytes(12).toString('hex'))
  }

  get type(): Received['type'] {
    return typeOf(this.#beginning)
  }

  async take(bytes: AsyncIterable<Uint8Array>, most: number): Promise<Result<Received>> {
    const made = await mkdir(this.directory, { recursive: true, mode: 0o700 })
    // Else a power cut may take the directory, and with it what it was asked to keep.
    if (made !== undefined) await flush(dirname(this.directory))
    const handle = await open(this.#file, 'wx', 0o600)
    try {
      const isWhole = await this.#write(bytes, handle, most)
      if (!isWhole) {
        await this.discard()
        return failure('too_large', `A file is at most ${most} bytes.`, { path: 'file' })
      }
      await handle.sync()
    } finally {
      await handle.close()
    }
    return success(this)
  }

  async #write(bytes: AsyncIterable<Uint8Array>, handle: FileHandle, most: number): Promise<boolean> {
    const digest = createHash('sha256')
    for await (const some of bytes) {
      this.size += some.byteLength
      if (this.size > most) return false
      digest.update(some)
      if (this.#beginning.length < magicLength)
        this.#beginning = Buffer.concat([this.#beginning, some.subarray(0, magicLength)])
      for (let at = 0; at < some.byteLength; )
        at += (await handle.write(some, at, some.byteLength - at)).bytesWritten
    }
    this.sha256 = digest.digest('hex')
    return true
  }

  async keep(): Promise<Result<void>> {
    try {
      await rename(this.#file, join(this.directory, this.sha256))
      await flush(this.directory)
      return success(undefined)
    } catch (fault) {
      await this.discard()
      return refused(fault)
    }
  }

  async discard(): Promise<void> {
    await rm(this.#file, { force: true })
  }
}

const full = new Set(['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EMFILE', 'ENFILE', 'ENOMEM'])

/** Whatever broke it off, it can be sent again: a disk that is full has room again some day. */
function refused(fault: unknown): Result<never> {
  const code = codeOf(fault)
  if (full.has(code))
    return failure('unavailable', 'The server has no room for a file now. Try again.', { retryAfterMs })
  if (code.startsWith('ECONN') || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ABORT_ERR')
    return failure('unavailable', 'The upload was cut.', { retryAfterMs: 1_000 })
  throw fault
}

const codeOf = (fault: unknown): string =>
  fault instanceof Error && 'code' in fault ? String(fault.code) : ''

async function openFile(path: string): Promise<OpenFile | null> {
  let handle: FileHandle
  try {
    handle = await open(path, 'r')
  } catch (fault) {
    if (codeOf(fault) === 'ENOENT') return null
    throw fault
  }
  try {
    const { size } = await handle.stat()
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(magicLength), 0, magicLength, 0)
    const type = typeOf(buffer.subarray(0, bytesRead))
    return { size, type, bytes: handle.createReadStream({ start: 0 }) }
  } catch (fault) {
    await handle.close()
    throw fault
  }
}

const namesAtOnce = 500

/** Names in the directory, some at a time; none where there is no directory. */
async function* namesIn(directory: string): AsyncGenerator<string[]> {
  let names: string[] = []
  try {
    for await (const { name } of await opendir(directory)) {
      names.push(name)
      if (names.length < namesAtOnce) continue
      yield names
      names = []
    }
  } catch (fault) {
    if (codeOf(fault) !== 'ENOENT') throw fault
  }
  if (names.length > 0) yield names
}
