import type { Page } from 'playwright-core'

/** What a screen scrolls by as a whole; tables and rows of tabs have a scroller of their own. */
const wholes = '.page, .room, .people, .inbox, .inbox-scroll, .conversation, .log, .panel, .wall, .door'

/** Which parts of the screen go beyond its sides, and by how many pixels. */
export const sidewaysIn = (page: Page): Promise<string[]> =>
  page.evaluate((selector) => {
    const parts = [document.documentElement, ...document.querySelectorAll(selector)]
    return parts
      .map((part) => ({ part, beyond: part.scrollWidth - part.clientWidth }))
      .filter(({ beyond }) => beyond > 1)
      .map(({ part, beyond }) => `${part.className || part.tagName} by ${beyond}`)
  }, wholes)

/** Buttons, fields and lists that are lower than a finger is wide. */
export const lowIn = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const pressed = 'button, summary, select, textarea, input:not([type=checkbox], [type=radio])'
    // These reach beyond what is seen of them, or have a table beside them.
    const apart = '.switch, .defined-word, .person-name, .week-cell'
    return [...document.querySelectorAll(pressed)]
      .filter((one) => !one.matches(apart) && !one.closest('.out-of-sight'))
      .map((one) => ({ one, height: one.getBoundingClientRect().height }))
      .filter(({ height }) => height > 1 && height < 43.5)
      .map(({ one, height }) => `${one.className || one.tagName} ${Math.round(height)}`)
  })
