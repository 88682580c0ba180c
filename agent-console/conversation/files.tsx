import type { ComponentChildren } from 'preact'
import type { MessageFile } from '../../shared/file.ts'
import { filesPath } from '../../shared/file-paths.ts'
import type { Pending } from '../../shared/timeline.ts'
import { useWords } from '../ui/context.tsx'
import { fileSize } from '../ui/format.ts'
import { Icon, type IconName } from '../ui/icons.tsx'

/** The files of a message, to be saved; pictures are shown small, and fetched once they come into sight. */
export function Files({ files }: { files: NonNullable<Pending['files']> }) {
  return (
    <ul class="files">
      {files.map((file) => (
        <li key={'id' in file ? file.id : file.clientId}>
          {'id' in file ? <Sent file={file} /> : <FileRow file={file} />}
        </li>
      ))}
    </ul>
  )
}

function Sent({ file }: { file: MessageFile }) {
  const words = useWords()
  const address = `${filesPath}/${file.id}`
  const label = `${words.t('downloadFile', { name: file.name })}, ${fileSize(words, file.size)}`
  const isPicture = file.type.startsWith('image/')
  return (
    <a class={isPicture ? 'file picture' : 'file'} href={address} download={file.name} aria-label={label}>
      {isPicture ? (
        <img src={address} alt="" loading="lazy" decoding="async" />
      ) : (
        <FileWords file={file}>
          <Icon name="download" size={16} />
        </FileWords>
      )}
    </a>
  )
}

interface RowProps {
  file: { name: string; size: number; type: string }
  children?: ComponentChildren
}

export const FileRow = ({ file, children }: RowProps) => (
  <div class="file">
    <FileWords file={file}>{children}</FileWords>
  </div>
)

const kinds: Record<string, IconName> = { image: 'picture' }

function FileWords({ file: { name, size, type }, children }: RowProps) {
  const words = useWords()
  return (
    <>
      <Icon name={kinds[type.split('/')[0] ?? ''] ?? 'page'} size={18} />
      <span class="file-words">
        <bdi class="file-name">{name}</bdi> <span class="file-size">{fileSize(words, size)}</span>
      </span>
      {children}
    </>
  )
}
