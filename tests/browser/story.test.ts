import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { signIn } from '../support/client.ts'
import { useConsoleGuard } from '../support/console-guard.ts'
import { startHouse } from '../support/house-process.ts'
import { playStory, type StoryLocale } from '../support/story.ts'

const owner = { email: 'sara@example.com', password: 'correct horse battery' }
const env = { AHLAN_OWNER_EMAIL: owner.email, AHLAN_OWNER_PASSWORD: owner.password }

describe('a first conversation, from tag to rating', () => {
  const guard = useConsoleGuard()
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  it.each<{ locale: StoryLocale; command: 'built' | 'npm start' }>([
    { locale: 'en', command: 'built' },
    { locale: 'fa', command: 'built' },
    { locale: 'en', command: 'npm start' },
  ])('V6 C11 T5 M5 is lived in $locale, on the server of `$command`', async ({ locale, command }) => {
    const house = await startHouse({ command, env })
    try {
      const api = await signIn(house.url, owner)
      await playStory({ url: house.url, browser, guard, owner, api, locale })
    } finally {
      await house.close()
    }
  })
})
