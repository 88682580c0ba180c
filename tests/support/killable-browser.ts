import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'
import { findChromium } from '../../server/dev/chromium.ts'
import { quiet } from './browser.ts'

/** A browser on a profile that survives it, with a process that can be killed. */
export interface KillableBrowser {
  context: BrowserContext
  /** Gives it no moment to put anything away. */
  kill(): Promise<void>
}

/** Where a browser keeps what pages store; removed by whoever asked for it. */
export async function openProfile(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'ahlan-profile-'))
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) }
}

export async function openKillable(profile: string): Promise<KillableBrowser> {
  const program = findChromium()
  if (!program) throw new Error('No Chromium: run `npm test`, which installs one, or set CHROMIUM_PATH.')
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const own = ['--headless', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank']
  const child = spawn(program, [...quiet, ...sandbox, ...own], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own: one of its processes that lived on for a moment could still put things away.
    detached: true,
  })
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()))
  const browser = await chromium.connectOverCDP(await endpointOf(child))
  const [context] = browser.contexts()
  if (!context) throw new Error('The browser has no profile.')
  return {
    context,
    async kill() {
      if (child.pid !== undefined && child.exitCode === null && !child.signalCode)
        process.kill(-child.pid, 'SIGKILL')
      await ended
      await browser.close()
    },
  }
}

/** Printed as soon as it listens. */
function endpointOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr?.on('data', (chunk) => {
      said += String(chunk)
      const [, address] = /DevTools listening on (ws:\S+)/.exec(said) ?? []
      if (address) resolve(address)
    })
    child.once('exit', () => reject(new Error(`The browser ended before it was ready:\n${said}`)))
  })
}
