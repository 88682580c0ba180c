import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeEach, expect } from 'vitest'

export interface ConsoleGuard {
  /** Fails the test if this page, or any page of this context, complains. */
  watch(target: Page | BrowserContext): void
  /** What this test provokes on purpose. */
  allow(pattern: RegExp): void
}

/**
 * Call once in a `describe` or a file: a test then fails on an error or warning in a watched page's
 * console, on an uncaught error there, and on a warning of this process.
 */
export function useConsoleGuard(): ConsoleGuard {
  let complaints: string[] = []
  let allowed: RegExp[] = []
  const complain = (complaint: string): void => {
    complaints.push(complaint)
  }
  const warned = (warning: Error): void => complain(`process warning: ${warning.name}: ${warning.message}`)

  beforeEach(() => {
    complaints = []
    allowed = []
    process.on('warning', warned)
  })
  afterEach(() => {
    process.off('warning', warned)
    expect(complaints.filter((complaint) => !allowed.some((pattern) => pattern.test(complaint)))).toEqual([])
  })
  return {
    watch: (target) => listen(target, complain),
    allow: (pattern) => {
      allowed.push(pattern)
    },
  }
}

function listen(target: Page | BrowserContext, complain: (complaint: string) => void): void {
  if ('pages' in target) {
    for (const page of target.pages()) listenToPage(page, complain)
    target.on('page', (page) => listenToPage(page, complain))
  } else listenToPage(target, complain)
}

function listenToPage(page: Page, complain: (complaint: string) => void): void {
  page.on('pageerror', (error) => complain(`uncaught in ${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    complain(`console ${message.type()} in ${page.url()}: ${message.text()} (${message.location().url})`)
  })
}
