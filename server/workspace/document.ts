import { getDotPath, safeParse } from 'valibot'
import { failure, type Result, success } from '../../shared/result.ts'
import { Workspace } from '../../shared/workspace.ts'

export type WorkspaceDocument = Workspace

export class WorkspaceUnreadable extends Error {
  override name = 'WorkspaceUnreadable'
}

/** The document, or `invalid` with the path of the first field that does not fit. */
export function checkDocument(value: unknown): Result<WorkspaceDocument> {
  const parsed = safeParse(Workspace, value)
  if (parsed.success) return success(parsed.output)
  const [issue] = parsed.issues
  const path = getDotPath(issue)
  return failure('invalid', issue.message, path === null ? {} : { path })
}

/** Throws `WorkspaceUnreadable`, naming the file and the place of the fault, so that nobody overwrites it. */
export function parseDocument(text: string, file: string): WorkspaceDocument {
  const checked = checkDocument(parseJson(text, file))
  if (checked.ok) return checked.value
  const { path, message } = checked.error
  throw new WorkspaceUnreadable(`${file} cannot be used: ${path ? `at ${path}: ` : ''}${message}`)
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new WorkspaceUnreadable(`${file} is not JSON: ${error instanceof Error ? error.message : error}`)
  }
}
