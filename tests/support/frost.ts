import type { Browser } from 'playwright-core'

/**
 * The pages of this browser stand still, timers and all, as on a laptop that sleeps or in a tab that was put aside.
 * Answers what lets them go on.
 */
export async function freeze(browser: Browser): Promise<() => Promise<void>> {
  const devtools = await browser.newBrowserCDPSession()
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo')
  await devtools.detach()
  const pages = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
  const signal = (name: NodeJS.Signals) => pages.filter(isThere).forEach((id) => void process.kill(id, name))
  signal('SIGSTOP')
  return async () => signal('SIGCONT')
}

/** A page kept in reserve may have been let go of. */
function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
