import type { NamedFrame } from '../../shared/protocol.ts'
import { applyWindow, emptyWindow, type RosterWindow } from '../../shared/roster.ts'
import type { Look } from './lookout.ts'

/** The part of the live list that was asked for, and what it shows now. */
export interface Outlook extends RosterWindow {
  name: string
  look: Look
}

/** As the first frame shows it. */
export const outlookOf = (look: Look, { window: name, ...frame }: NamedFrame): Outlook => ({
  ...applyWindow(emptyWindow, frame),
  name,
  look,
})

/** A frame of a window that is not looked at any more says nothing. */
export const followOutlook = (outlook: Outlook | null, frame: NamedFrame | undefined): Outlook | null =>
  outlook && frame && outlook.name === frame.window ? { ...outlook, ...applyWindow(outlook, frame) } : outlook
