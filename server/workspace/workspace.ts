import type { Result } from '../../shared/result.ts'
import type { Workspace as Document } from '../../shared/workspace.ts'

/** The settings document of this installation. */
export interface Workspace {
  /** As it stands; never mutate what this returns. */
  read(): Readonly<Document>
  /**
   * Changes a copy, validates it, makes it durable, then puts it in place and tells the listeners.
   * One change at a time. An `invalid` change leaves everything as it was; `path` names the field.
   */
  change<T>(change: (draft: Document) => Result<T>): Promise<Result<T>>
  /** Called after each change with the new document; the returned function stops it. */
  onChange(listener: (document: Readonly<Document>) => void): () => void
  close(): Promise<void>
}
