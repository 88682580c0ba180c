import { describe, expect, it } from 'vitest'
import type {} from '../../widget/loader.ts'
import { wordsStored } from '../support/behind.ts'
import { nothingStored } from '../support/guest.ts'
import { useTown } from '../support/town.ts'

const town = useTown()

describe('a command for which a part of the chat has yet to come', () => {
  it.each(['live', 'api', 'commands'])(
    'H11 P1 is done once the server can be reached, and stores nothing before: %s',
    async (part) => {
      town.guard.allow(/ERR_FAILED/)
      const guest = await town.guest()
      const parts = new RegExp(`/w/${part}-`)
      await guest.page.route(parts, (route) => route.abort())
      const asked = guest.page.waitForEvent('requestfailed')
      await guest.page.goto(town.page(`/early-${part}`))
      await guest.page.evaluate((text) => {
        window.Ahlan?.('send', text)
        window.Ahlan?.('send', `${text}, again`)
      }, `Without ${part}`)
      await asked
      expect(await guest.stored()).toEqual(nothingStored)
      await guest.page.unroute(parts)
      await guest.page.evaluate(() => dispatchEvent(new Event('online')))
      await expect
        .poll(async () => (await guest.stored()).local.length && wordsStored(town))
        .toEqual([`Without ${part}`, `Without ${part}, again`])
    },
  )
})
