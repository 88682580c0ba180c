import type { MessageFile } from '../../shared/file.ts'
import { limits } from '../../shared/limits.ts'
import type { Failure } from '../../shared/result.ts'
import type { PendingFile } from '../../shared/timeline.ts'
import { download } from '../connection/upload.ts'
import { parcelsOf, type Refusal } from '../live/parcels.ts'
import type { Host } from '../page/host.ts'
import sheet from './files.css'
import { element, filled, icon, iconButton, sizeOf, what } from './files-parts.ts'
import { fileTexts } from './files-texts.ts'
import type { Language } from './language.ts'

export { parcelsOf }

interface Drawn {
  host: Host
  language: Language
}

export interface RowsProps extends Drawn {
  files: readonly (MessageFile | PendingFile)[]
  /** Why they were not sent. */
  error?: Failure | undefined
  /** Takes the message back. */
  cancel?: (() => void) | undefined
}

export interface TrayProps extends Drawn {
  changed(): void
}

/** Opens the system's own picker. */
export function pick(host: Host): void {
  const input = element('input', { type: 'file', multiple: '' })
  input.onchange = () => parcelsOf(host).take(input.files ?? [])
  input.click()
}

interface Place {
  props: RowsProps | TrayProps
  drawn: string
  fault: string
}
const places = new WeakMap<HTMLElement, Place>()

/** Fills the element, now and whenever something changes, as long as it stands in the panel. */
export function fill(element: HTMLElement, props: RowsProps | TrayProps): void {
  const known = places.get(element)
  if (known) known.props = props
  else {
    places.set(element, { props, drawn: '', fault: '' })
    element.className = 'files-place'
    dress(props.host)
    const stop = parcelsOf(props.host).follow(() => {
      if (!element.isConnected) return stop()
      const now = places.get(element)?.props
      if (now && 'changed' in now) now.changed()
      draw(element)
    })
    if ('changed' in props) acceptDrops(element, props.host)
  }
  draw(element)
}

const dressed = new WeakSet<ShadowRoot>()

function dress(host: Host): void {
  const root = host.root()
  if (dressed.has(root)) return
  dressed.add(root)
  const own = new CSSStyleSheet()
  own.replaceSync(sheet)
  root.adoptedStyleSheets.push(own)
}

/** What is the same stays, and with it the focus; only the bars move. */
function draw(element: HTMLElement): void {
  const place = places.get(element)
  if (!place) return
  const { props, fault } = place
  const parcels = parcelsOf(props.host)
  const shown =
    'changed' in props
      ? [parcels.chosen, parcels.refusals, parcels.isFleeting]
      : [props.files, props.error, fault]
  const drawn = JSON.stringify([props.language.locale, shown])
  if (drawn !== place.drawn) {
    place.drawn = drawn
    element.replaceChildren(...('changed' in props ? tray(props) : rows(element, place, props)))
    keepAtEnd(element)
  }
  for (const bar of element.querySelectorAll('progress')) {
    const share = parcels.progressOf(bar.id)
    bar.hidden = share === undefined || share === 1
    bar.value = share ?? 0
  }
}

/** What comes into the log after its message: whoever read at the end still does. */
function keepAtEnd(element: HTMLElement): void {
  const log = element.closest('.log')
  const behind = log ? log.scrollHeight - log.scrollTop - log.clientHeight : Number.NaN
  if (log && behind < element.offsetHeight + 80) log.scrollTop = log.scrollHeight
}

/** Files may be dropped anywhere on the panel. */
function acceptDrops(element: HTMLElement, host: Host): void {
  const panel = element.closest<HTMLElement>('.panel')
  const over = (event: DragEvent) => {
    if (!panel || !event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    panel.classList.toggle('dropping', event.type === 'dragover')
    if (event.type === 'drop' && element.isConnected) parcelsOf(host).take(event.dataTransfer.files)
  }
  for (const kind of ['dragover', 'dragleave', 'drop'] as const) panel?.addEventListener(kind, over)
}

/** What goes with the next message, and what could not. */
function tray({ host, language }: TrayProps): Element[] {
  const parcels = parcelsOf(host)
  const texts = fileTexts[language.locale]
  const chosen = parcels.chosen.map((file) =>
    element(
      'li',
      { class: 'file' },
      ...what(language, file),
      iconButton(filled(texts.remove, { name: file.name }), () => parcels.drop(file.clientId)),
    ),
  )
  const faults = parcels.refusals.map((refusal) => wordsOf(language, refusal))
  if (parcels.isFleeting) faults.push(texts.fleeting)
  return [
    element('div', { role: 'alert' }, ...faults.map(faultLine)),
    ...(chosen.length > 0 ? [element('ul', { class: 'files', 'aria-label': texts.toSend }, ...chosen)] : []),
  ]
}

const faultLine = (text: string): Element => element('p', { class: 'file-fault' }, text)

/** The files of a message: those that are sent can be saved, those that wait show how far they are. */
function rows(at: HTMLElement, place: Place, props: RowsProps): Element[] {
  const why = props.error ? reasonOf(props.language, props.error) : place.fault
  const items = props.files.map((file) =>
    element('li', {}, 'id' in file ? sentRow(at, place, { props, file }) : waitingRow(props, file)),
  )
  return [
    element('ul', { class: 'files' }, ...items),
    ...(why ? [element('div', { role: 'alert' }, faultLine(why))] : []),
  ]
}

function waitingRow({ host, language, files, error, cancel }: RowsProps, file: PendingFile): Element {
  const bar = error ? null : element('progress', { 'aria-label': file.name, id: file.clientId, hidden: '' })
  const takeBack = () => {
    cancel?.()
    parcelsOf(host).cancel(files.filter((one) => 'clientId' in one))
  }
  const button = error || !cancel ? null : iconButton(fileTexts[language.locale].cancel, takeBack)
  return element('div', { class: 'file' }, ...what(language, file, bar), button)
}

function sentRow(
  at: HTMLElement,
  place: Place,
  { props: { host, language }, file }: { props: RowsProps; file: MessageFile },
): Element {
  const texts = fileTexts[language.locale]
  const label = `${filled(texts.download, { name: file.name })}, ${sizeOf(language, file.size)}`
  const row = element(
    'button',
    { type: 'button', class: 'file', 'aria-label': label },
    ...what(language, file),
    icon('download'),
  )
  row.onclick = async () => {
    const isSaved = await save(host, file)
    place.fault = isSaved ? '' : filled(texts.unreachable, { name: file.name })
    draw(at)
  }
  return row
}

async function save({ base, memory }: Host, { id, name }: MessageFile): Promise<boolean> {
  const blob = await download(base, memory.held?.token ?? '', id)
  if (!blob) return false
  const href = URL.createObjectURL(blob)
  element('a', { href, download: name }).click()
  // By then every browser has taken it.
  setTimeout(() => URL.revokeObjectURL(href), 60_000)
  return true
}

function wordsOf(language: Language, { why, name }: Refusal): string {
  const most = why === 'tooBig' ? sizeOf(language, limits.fileBytes) : language.number(limits.filesPerMessage)
  return filled(fileTexts[language.locale][why], { name, most })
}

function reasonOf({ locale }: Language, { code, path }: Failure): string {
  const { dayFull, siteFull, lost } = fileTexts[locale]
  if (path === 'day') return dayFull
  if (path === 'site') return siteFull
  return code === 'not_found' ? lost : ''
}
