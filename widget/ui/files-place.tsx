import type { RowsProps, TrayProps } from './files.ts'
import type { View } from './view.ts'

type Props = { view: View } & (Omit<RowsProps, 'host' | 'language'> | Omit<TrayProps, 'host' | 'language'>)

/** Where files are shown; filled by the chunk that knows how. */
export function Files({ view, ...rest }: Props) {
  const { kit, loadKit, host, language } = view
  if (!kit) loadKit()
  if (!kit) return null
  const fill = (place: HTMLElement | null): void => {
    if (place) kit.fill(place, { host, language, ...rest })
  }
  return <div ref={fill} />
}
