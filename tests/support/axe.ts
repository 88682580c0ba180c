import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  id: string
  nodes: { target: unknown; html: string; failureSummary: string }[]
}

/** What breaks WCAG 2.2 A or AA within `within`, as lines to read; motion has come to rest before. */
export async function violationsIn(page: Page, within: string | null = null): Promise<string[]> {
  await page.evaluate(() =>
    Promise.allSettled(
      [document, document.querySelector('ahlan-chat')?.shadowRoot]
        .flatMap((root) => root?.getAnimations() ?? [])
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY)
        .map(({ finished }) => finished),
    ),
  )
  await page.evaluate(`typeof axe === 'object' || (() => { ${source} })()`)
  const found = await page.evaluate<Violation[]>(
    `axe.run(${JSON.stringify(within)} ?? document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      resultTypes: ['violations'],
    }).then(({ violations }) => violations)`,
  )
  return found.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, html, failureSummary }) => `${id}: ${JSON.stringify(target)} ${html} ${failureSummary}`,
    ),
  )
}
