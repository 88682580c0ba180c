import { expect, it } from 'vitest'
import { useTown } from '../support/town.ts'

const town = useTown()

it.each([
  ['a browser of today', ''],
  ['one that knows no Temporal', 'delete globalThis.Temporal'],
])(
  'V1 V12 tells how a page is used, and of a navigation that no patch of the history sees, in %s',
  async (_, prepare) => {
    await town.agent()
    const guest = await town.guest({ timezoneId: 'Asia/Tehran', prepare })
    await guest.goto(town.page('/long', { body: '<div style="block-size: 400vh">Long</div>' }))
    await expect.poll(() => guest.frames.some((frame) => frame.includes('"hello"'))).toBe(true)
    await guest.page.mouse.wheel(0, 20_000)
    const readings = () => guest.frames.flatMap((frame) => /"page:read",(\{.*\})\]$/s.exec(frame)?.[1] ?? [])
    await expect.poll(() => readings().length, { timeout: 10_000 }).toBeGreaterThan(0)
    await guest.page.evaluate("History.prototype.pushState.call(history, null, '', '/long/other')")
    await expect.poll(() => guest.frames.filter((frame) => frame.includes('"page:view"')).length).toBe(1)
    expect(guest.frames.find((frame) => frame.includes('"page:view"'))).toContain('/long/other')
    const told = JSON.parse(readings().at(-1) ?? '{}')
    expect(told).toMatchObject({ scroll: 100, timeZone: 'Asia/Tehran' })
    expect(told.engagedMs).toBeGreaterThan(500)
  },
)
