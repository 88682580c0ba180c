import { join } from 'node:path'
import type { Clock } from './domain/ports.ts'
import { diskFiles } from './files/disk-files.ts'
import type { FileStore } from './files/files.ts'
import { lockDirectory } from './history/directory-lock.ts'
import type { History } from './history/history.ts'
import { openHistory } from './history/open.ts'
import { removeLeftovers } from './leftovers.ts'
import { openWorkspace } from './workspace/open.ts'
import type { Workspace } from './workspace/workspace.ts'

export interface StoresOptions {
  dataDir: string
  databaseUrl: string | null
  clock: Clock
  onFault(what: string, fault: unknown): void
}

export interface Stores {
  history: History
  workspace: Workspace
  files: FileStore
  /** Lets the next process in; after both stores are closed. */
  unlock(): void
}

/** The lock comes first: a second process must not even read what the first is about to write. */
export async function openStores({ dataDir, databaseUrl, clock, onFault }: StoresOptions): Promise<Stores> {
  const lock = lockDirectory(dataDir)
  try {
    await removeLeftovers(dataDir)
    const workspace = await openWorkspace({
      dataDir,
      onListenerError: (fault) => onFault('settingsListener:failed', fault),
      onEdited: (fault) => onFault(fault ? 'settings:unreadable' : 'settings:edited', fault),
    })
    const history = await openHistory({
      ...{ dataDir, databaseUrl, clock },
      onBrokenConnection: (fault) => onFault('store:disconnected', fault),
      onUnsettled: (fault) => onFault('store:unsettled', fault),
    })
    const files = diskFiles(join(dataDir, 'files'))
    return { history, workspace, files, unlock: () => lock.release() }
  } catch (fault) {
    lock.release()
    throw fault
  }
}
