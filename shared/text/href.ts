/** What a browser would drop or read as something else: `/\host` leads to another site. */
const unreadable = /[\s\\\p{Cc}]/u

/** Whether a page may follow it: http or https without a user name, or a path of the page's own site. */
export function isSafeHref(href: string): boolean {
  if (unreadable.test(href)) return false
  if (href.startsWith('/')) return !href.startsWith('//')
  if (!/^https?:\/\/[^/]/i.test(href) || !URL.canParse(href)) return false
  const { username, password } = new URL(href)
  return username === '' && password === ''
}
