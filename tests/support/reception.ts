import type { BrowserContextOptions, Page } from 'playwright-core'
import { en } from '../../agent-console/ui/texts/en.ts'
import type { Town } from './town.ts'

/** A browser of its own at the console's door; watched until it is closed. */
export async function openConsole(town: Town, options: BrowserContextOptions = {}): Promise<Page> {
  // Asking who is signed in is answered no, which the browser reports by itself; so is a refusal.
  town.guard.allow(/40[1-9] \([\w ]+\).*\/api\/v1\/(session|setup)/)
  const context = await town.browser.newContext({ locale: 'en', ...options })
  context.setDefaultTimeout(10_000)
  town.guard.watch(context)
  const page = await context.newPage()
  await page.goto(`${town.world.url}/console/`)
  town.later(() => context.close())
  return page
}

export async function signInto(
  page: Page,
  { email, password }: { email: string; password: string },
  words: { email: string; password: string; signIn: string; main: string } = en,
): Promise<void> {
  await page.getByRole('textbox', { name: words.email }).fill(email)
  await page.getByRole('textbox', { name: words.password }).fill(password)
  await page.getByRole('button', { name: words.signIn }).click()
  await page.getByRole('navigation', { name: words.main }).waitFor()
}
