import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Low, Memory } from 'lowdb'
import { failure, type Result, success } from '../../shared/result.ts'
import { emptyWorkspace } from '../../shared/workspace.ts'
import { checkDocument, type WorkspaceDocument, WorkspaceUnreadable } from './document.ts'
import { type DocumentFile, durableFile } from './durable-file.ts'
import type { Workspace } from './workspace.ts'

const retryAfterMs = 1_000

type Listener = Parameters<Workspace['onChange']>[0]

export interface WorkspaceOptions {
  /** Holds `workspace.json`; made when missing. */
  dataDir: string
  /** Told what a listener threw; the other listeners are called all the same. */
  onListenerError?: (error: unknown) => void
  /** Told when the file was edited by hand and is now in force; with the fault when it cannot be. */
  onEdited?: (fault: WorkspaceUnreadable | null) => void
}

/** Throws `WorkspaceUnreadable` when there is a document that is not one of ours; it is left as it is. */
export async function openWorkspace({ dataDir, ...told }: WorkspaceOptions): Promise<Workspace> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  return load(durableFile(join(dataDir, 'workspace.json')), told)
}

/** A workspace that ends with the process. */
export async function memoryWorkspace(document: WorkspaceDocument = emptyWorkspace()): Promise<Workspace> {
  const memory = new Memory<WorkspaceDocument>()
  await memory.write(document)
  return load({
    read: async () => memory.read(),
    write: async (next) => memory.write(next),
    edited: async () => null,
  })
}

async function load(
  adapter: DocumentFile,
  { onListenerError = warn, onEdited = () => undefined }: Omit<WorkspaceOptions, 'dataDir'> = {},
): Promise<Workspace> {
  const low = new Low(adapter, emptyWorkspace())
  await low.read()
  const listeners = new Set<Listener>()
  let last: Promise<unknown> = Promise.resolve()

  const put = (document: WorkspaceDocument): void => {
    low.data = document
    tell(listeners, low.data, onListenerError)
  }

  const change = async <T>(edit: (draft: WorkspaceDocument) => Result<T>): Promise<Result<T>> => {
    // An edit by hand comes first, so that what is decided next is decided by it.
    const edited = await readEdit(adapter, onEdited)
    if (!edited.ok) return edited
    if (edited.value) put(edited.value)
    const draft = structuredClone(low.data)
    const result = edit(draft)
    if (!result.ok) return result
    const checked = checkDocument(draft)
    if (!checked.ok) return checked
    const written = await write(adapter, checked.value)
    if (!written.ok) return written
    put(checked.value)
    return success(result.value)
  }

  return {
    read: () => low.data,
    change: (edit) => {
      const result = last.then(() => change(edit))
      last = result.catch(() => undefined)
      return result
    },
    onChange: (listener) => {
      const own: Listener = (document) => listener(document)
      listeners.add(own)
      return () => {
        listeners.delete(own)
      }
    },
    close: async () => {
      await last
    },
  }
}

async function readEdit(
  adapter: DocumentFile,
  told: (fault: WorkspaceUnreadable | null) => void,
): Promise<Result<WorkspaceDocument | null>> {
  try {
    const edited = await adapter.edited()
    if (edited) told(null)
    return success(edited)
  } catch (error) {
    if (!(error instanceof WorkspaceUnreadable)) throw error
    told(error)
    return failure('conflict', `Nothing was changed. ${error.message} Mend the file, then try again.`)
  }
}

async function write(adapter: DocumentFile, document: WorkspaceDocument): Promise<Result<void>> {
  try {
    return success(await adapter.write(document))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return failure('unavailable', `The settings could not be stored: ${reason}`, { retryAfterMs })
  }
}

const warn = (error: unknown): void => process.emitWarning(error instanceof Error ? error : String(error))

function tell(
  listeners: ReadonlySet<Listener>,
  document: WorkspaceDocument,
  onError: (error: unknown) => void,
): void {
  for (const listener of [...listeners]) {
    try {
      listener(document)
    } catch (error) {
      onError(error)
    }
  }
}
