import * as v from 'valibot'
import { FileId } from './ids.ts'
import { limits } from './limits.ts'
import { isBlank } from './text/blank.ts'
import { count, line } from './text/fields.ts'

/** What a file may be known as: its first bytes say so, never its sender. `octet-stream` is anything else. */
export const fileTypes = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'application/pdf',
  'application/zip',
  'application/gzip',
  'audio/mpeg',
  'audio/ogg',
  'audio/wav',
  'video/mp4',
  'video/webm',
  'application/octet-stream',
] as const
export const FileType = v.picklist(fileTypes)
export type FileType = v.InferOutput<typeof FileType>

/** A file of a message as everybody sees it. */
export const MessageFile = v.strictObject({
  id: FileId,
  name: line(limits.fileNameCharacters),
  /** Bytes. */
  size: count,
  type: FileType,
})
export type MessageFile = v.InferOutput<typeof MessageFile>

/** The files a message is to carry. */
export const FileIds = v.pipe(
  v.array(FileId),
  v.minLength(1, 'must name a file'),
  v.maxLength(limits.filesPerMessage, `must be at most ${limits.filesPerMessage} files`),
  v.check((ids) => new Set(ids).size === ids.length, 'must name each file once'),
)

interface Saying {
  text: string
  files?: readonly unknown[] | undefined
}

/** A message has words that can be seen, or files and no words. */
export const saysSomething = <Said extends Saying>() =>
  v.rawCheck<Said>(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    const { text, files } = dataset.value
    if (text === '' ? files : !isBlank(text)) return
    addIssue({
      message: 'must not be blank',
      path: [{ type: 'object', origin: 'value', input: { text }, key: 'text', value: text }],
    })
  })
