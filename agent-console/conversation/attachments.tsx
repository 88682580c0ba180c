import { useEffect, useMemo } from 'preact/hooks'
import type { ConversationId } from '../../shared/ids.ts'
import { limits } from '../../shared/limits.ts'
import type { Failure } from '../../shared/result.ts'
import { upload } from '../connection/upload.ts'
import { type Attachment, Attachments } from '../state/attachments.ts'
import { useDesk, useDeskState, useWords } from '../ui/context.tsx'
import { fileSize } from '../ui/format.ts'
import { useSelected } from '../ui/hooks.tsx'
import { Icon } from '../ui/icons.tsx'
import type { Words } from '../ui/words.ts'
import { FileRow } from './files.tsx'

/** The files of this conversation's draft. */
export function useAttachments(conversationId: ConversationId) {
  const desk = useDesk()
  const me = useDeskState((state) => state.me.id)
  const made = useMemo(() => {
    const key = `ahlan.files.${me}.${conversationId}`
    return new Attachments({ conversationId, key, upload, ...desk.device })
  }, [conversationId, me])
  useEffect(() => () => made.stop(), [made])
  const chosen = useSelected(made.store, (all) => all)
  const isReady = chosen.length > 0 && chosen.every(({ file }) => file)
  const handOver = () => {
    const files = made.handOver()
    return files.length > 0 ? files : undefined
  }
  return {
    made,
    chosen,
    isReady,
    isWaiting: chosen.length > 0 && !isReady,
    handOver,
    taking: takingInto(made),
  }
}

/** Dropped on the composer, or pasted into it. */
const takingInto = (made: Attachments) => ({
  onDragOver: (event: DragEvent) => event.preventDefault(),
  onDrop: (event: DragEvent) => {
    event.preventDefault()
    made.add(filesOf(event.dataTransfer))
  },
  onPaste: (event: ClipboardEvent) => made.add(filesOf(event.clipboardData)),
})

export function AttachButton({ attachments }: { attachments: Attachments }) {
  const { t } = useWords()
  const pick = () => {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = true
    input.onchange = () => attachments.add(input.files ?? [])
    input.click()
  }
  return (
    <button
      type="button"
      class="button quiet icon-only"
      aria-label={t('attachFile')}
      title={t('attachFile')}
      onClick={pick}
    >
      <Icon name="attach" size={18} />
    </button>
  )
}

/** What goes with the reply, and how far it is. */
export function Chosen({ attachments, chosen }: { attachments: Attachments; chosen: readonly Attachment[] }) {
  const words = useWords()
  if (chosen.length === 0) return null
  return (
    <ul class="files chosen" aria-label={words.t('filesToSend')}>
      {chosen.map((one) => (
        <li key={one.clientId}>
          <FileRow file={one}>
            {!one.file && !one.error && <progress aria-label={one.name} value={one.share} />}
            <button
              type="button"
              class="button quiet icon-only"
              aria-label={words.t('removeFile', { name: one.name })}
              onClick={() => attachments.remove(one.clientId)}
            >
              <Icon name="close" size={16} />
            </button>
          </FileRow>
          {one.error && (
            <p class="file-fault" role="alert">
              {reason(words, one.error)}
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}

const reason = (words: Words, { code, path }: Failure): string =>
  code === 'too_large' && path === 'file'
    ? words.t('fileTooLarge', { most: fileSize(words, limits.fileBytes) })
    : words.t('fileRefused')

const filesOf = (data: DataTransfer | null): File[] => [...(data?.files ?? [])]
