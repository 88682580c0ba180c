import { join } from 'node:path'
import { emptyWorkspace } from '../../shared/workspace.ts'
import type { WorkspaceDocument } from './document.ts'
import { documentText, durableFile } from './durable-file.ts'

export class SettingsInTheWay extends Error {
  override name = 'SettingsInTheWay'
}

/** The document as it stands on disk, whole, whoever else holds it. */
export const storedDocument = async (dataDir: string): Promise<WorkspaceDocument> =>
  (await durableFile(fileIn(dataDir)).read()) ?? emptyWorkspace()

/** Puts a document where there is none. That the same one stands there already is no fault. */
export async function placeDocument(dataDir: string, document: WorkspaceDocument): Promise<void> {
  await refuseOthers(dataDir, document)
  await durableFile(fileIn(dataDir)).write(document)
}

/** Throws when other settings stand there than these. */
export async function refuseOthers(dataDir: string, document: WorkspaceDocument): Promise<void> {
  const standing = await durableFile(fileIn(dataDir)).read()
  if (standing && documentText(standing) !== documentText(document))
    throw new SettingsInTheWay(`${fileIn(dataDir)} holds other settings: choose an empty DATA_DIR.`)
}

const fileIn = (dataDir: string): string => join(dataDir, 'workspace.json')
