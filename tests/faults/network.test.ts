import { describe, expect, it } from 'vitest'
import { seeded } from '../support/random.ts'
import { useFaultTown } from './people/use-town.ts'

const here = useFaultTown()
const acknowledgement = /3\/visitor,\d+\[\{"ok":true.*"duplicate":/s

describe('a network that cuts', () => {
  it('I1 I5 I6 after the commit, before the acknowledgement', async () => {
    const { town } = here
    const tab = await here.comes('mina')
    const cut = tab.net.nextCut()
    tab.net.set({ name: 'cut', after: 0, at: acknowledgement }, 'down')
    tab.net.refuse()
    const text = await tab.write()
    await cut
    expect(tab.own()).toEqual([])
    expect(tab.pending()).toEqual([text])
    expect((await town.stored()).flatMap((one) => one.entries)).toContainEqual(
      expect.objectContaining({ text }),
    )
    await here.allIsWell()
    expect(tab.own()).toEqual([text])
  })

  it.each([
    ['the acknowledgement', 'down', { after: 30, at: acknowledgement }],
    ['whatever the server says', 'down', { after: 500 }],
    ['the message', 'up', { after: 40 }],
  ] as const)('I1 I2 I6 in the middle of %s', async (what, direction, where) => {
    const tab = await here.comes(`omar, ${what}`)
    const cut = tab.net.nextCut()
    tab.net.set({ name: 'cut', ...where }, direction)
    await Promise.all([tab.write(), tab.write(), tab.write()])
    await cut
    await here.allIsWell()
    expect(tab.own()).toHaveLength(3)
  })

  it('I2 I3 I6 and says on a second connection what was said on the first', async () => {
    const tab = await here.comes('lena')
    await Promise.all([tab.write(), tab.write()])
    await here.town.settle()
    await Promise.all(tab.net.lines.map((line) => line.replay()))
    await tab.write()
    await here.allIsWell()
    expect(tab.own()).toHaveLength(3)
  })

  it('I1 I2 I3 I4 on a slow line that resets one piece in twenty, as on 2G', async () => {
    const tab = await here.comes('noor')
    const chance = seeded(5)
    let resets = 0
    const breaks = () => {
      const does = chance() < 0.05
      if (does) resets++
      return does
    }
    tab.net.set({ name: 'throttle', bytesPerSecond: 12_000, breaks })
    const written = []
    while (written.length < 6 || resets < 3) {
      written.push(...(await Promise.all([tab.write(), tab.write()])))
      await here.town.wakeUntil(() => tab.own().length > written.length - 2)
      here.agent.replyTo(tab)
    }
    await here.town.wakeUntil(() => tab.isAtRest())
    await here.allIsWell()
    expect(tab.own()).toEqual(written)
  })

  it('I3 I4 I9 the agent while both sides write, and notes stay with the agents', async () => {
    const { agent } = here
    const tab = await here.comes('vera')
    await tab.write()
    await here.town.settle()
    agent.net.set({ name: 'cut', after: 300 }, 'down')
    await Promise.all([tab.write(), tab.write()])
    agent.replyTo(tab)
    agent.replyTo(tab, true)
    agent.net.cut()
    agent.replyTo(tab)
    await here.allIsWell()
    expect(tab.texts()).toHaveLength(5)
  })
})

describe('two tabs of one browser', () => {
  it('I2 I3 I6 that send twenty-five each', async () => {
    const tab = await here.comes('hugo')
    const other = await here.tabOf(tab.device)
    await Promise.all([tab, other].flatMap((one) => Array.from({ length: 25 }, () => one.write())))
    await here.allIsWell()
    expect(tab.own()).toHaveLength(50)
  })

  it('I2 I3 I6 I7 that both send what waited, after both were off', async () => {
    const tab = await here.comes('rosa')
    const other = await here.tabOf(tab.device)
    for (const { net } of [tab, other]) {
      net.refuse()
      net.cut()
    }
    await here.town.wakeUntil(() => [tab, other].every((one) => one.store.get().connection === 'offline'))
    await Promise.all([tab, other].flatMap((one) => Array.from({ length: 5 }, () => one.write())))
    expect(tab.device.letters.size).toBe(10)
    await here.allIsWell()
  })

  it('I2 I3 I6 whose one is cut before each acknowledgement', async () => {
    const tab = await here.comes('aziz')
    const other = await here.tabOf(tab.device)
    tab.net.set({ name: 'cut', after: 0, at: acknowledgement }, 'down')
    await Promise.all([tab, other].flatMap((one) => Array.from({ length: 10 }, () => one.write())))
    await here.town.wakeUntil(() => tab.device.letters.size === 0)
    await here.allIsWell()
  })
})

describe('a page that does not last', () => {
  it('I1 I2 I7 is left in the moment of writing; the next page sends it', async () => {
    const tab = await here.comes('emil')
    tab.net.refuse()
    tab.net.cut()
    const text = await tab.write()
    here.town.leave(tab)
    const next = await here.town.visitorTab(tab.device)
    await here.allIsWell()
    expect(next.own()).toEqual([text])
  })

  it('I1 I2 I6 I7 is left between the commit and the acknowledgement', async () => {
    const tab = await here.comes('sami')
    await tab.write()
    await here.town.settle()
    const cut = tab.net.nextCut()
    tab.net.set({ name: 'cut', after: 0, at: acknowledgement }, 'down')
    await tab.write()
    await cut
    here.town.leave(tab)
    const next = await here.town.visitorTab(tab.device)
    await here.allIsWell()
    expect(next.own()).toHaveLength(2)
  })

  it('I7 is opened again the day after', async () => {
    const tab = await here.comes('tara')
    tab.net.refuse()
    tab.net.cut()
    const text = await tab.write()
    here.town.leave(tab)
    const day = 24 * 3_600_000
    for (const [id, letter] of tab.device.letters)
      tab.device.letters.set(id, { ...letter, writtenAt: letter.writtenAt - day })
    const next = await here.town.visitorTab(tab.device)
    await here.allIsWell()
    expect(next.own()).toEqual([text])
  })
})
