import { type Browser, chromium } from 'playwright-core'
import { findChromium } from '../../server/dev/chromium.ts'

/** Nothing a browser does by itself may reach the network during a test. */
export const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--no-default-browser-check',
  '--no-first-run',
]

export interface BrowserOptions {
  /** Pages that were left stay as they are, to be gone back to; otherwise they are loaded again. */
  keepsPages?: boolean
}

/** A headless Chromium; whoever opens it closes it. */
export async function openBrowser({ keepsPages = false }: BrowserOptions = {}): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath)
    throw new Error('No Chromium: run `npm test`, which installs one, or set CHROMIUM_PATH.')
  // A container's root may not use the sandbox.
  const chromiumSandbox = process.getuid?.() !== 0
  const ignoreDefaultArgs = keepsPages ? ['--disable-back-forward-cache'] : []
  return chromium.launch({ executablePath, chromiumSandbox, headless: true, args: quiet, ignoreDefaultArgs })
}
