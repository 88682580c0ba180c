import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** The Chromium to test with: the one named by `CHROMIUM_PATH`, else an installed one, else null. */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | null {
  const named = environment.CHROMIUM_PATH
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, which does not exist.`)
    return named
  }
  return [...usualPlaces, chromium.executablePath()].find((path) => path && existsSync(path)) ?? null
}

/** Finds a Chromium or installs one; throws with the reason when neither works. */
export function ensureChromium(): string {
  const found = findChromium()
  if (found) return found
  for (const [command, ...args] of waysToInstall()) {
    console.log(`No Chromium found: ${[command, ...args].join(' ')}`)
    spawnSync(command, args, { stdio: 'inherit' })
    const installed = findChromium()
    if (installed) return installed
  }
  throw new Error('No Chromium was found and none could be installed. Set CHROMIUM_PATH to one.')
}

function waysToInstall(): [string, ...string[]][] {
  const byPlaywright: [string, ...string[]] = ['npx', 'playwright-core', 'install', 'chromium']
  const canUseApt = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (!canUseApt) return [byPlaywright]
  return [
    ['apt-get', 'update', '-qq'],
    ['apt-get', 'install', '-y', '-qq', 'chromium', 'fonts-noto-core'],
    byPlaywright,
  ]
}
