import { afterAll, beforeAll, expect, it } from 'vitest'
import { readyRules, ruleFrom } from '../../../agent-console/proactive/ready-rules.ts'
import type { ReadyId } from '../../../agent-console/proactive/ready-texts.ts'
import type { Visit } from '../../../server/domain/visits/visit.ts'
import type { PageId, RuleId } from '../../../shared/ids.ts'
import { day } from '../../../shared/limits.ts'
import { isHeldOut } from '../../../shared/triggers/lot.ts'
import { fitsPage, type PageFacts } from '../../../shared/triggers/page.ts'
import { defaultHoldout } from '../../../shared/triggers/rule.ts'
import { type DomainWorld, granted, must, openDomain } from '../../support/domain-world.ts'
import { aPage } from '../../support/random.ts'

let world: DomainWorld
beforeAll(async () => {
  world = await openDomain()
})
afterAll(() => world.end())

/** Somebody on a page, as it is played: what they do there, and what their page sees of it. */
class Player {
  seen: PageFacts = { secondsOnPage: 0, idle: 0, exitIntent: false }
  private constructor(
    readonly who: ReturnType<typeof granted>,
    private visit: Visit,
    private page: PageId,
  ) {}

  static async comes(path: string, who = granted()): Promise<Player> {
    const page = aPage()
    return new Player(who, await world.opens(path, { ...who, page }), page)
  }

  async comesAgain(path: string, later: number): Promise<void> {
    world.clock.advance(later)
    this.page = aPage()
    this.visit = await world.opens(path, { ...this.who, page: this.page })
    this.seen = { secondsOnPage: 0, idle: 0, exitIntent: false }
  }

  goesTo(path: string): void {
    world.visits.viewed(this.visit, this.page, {
      url: `https://shop.example${path}`,
      title: '',
      referrer: '',
    })
  }

  tells(name: string, properties = {}): void {
    world.visits.tracked(this.visit, name, properties)
  }

  async sets(attributes: Record<string, boolean>): Promise<void> {
    await world.visits.identify(this.visit, { attributes })
  }

  stays(seconds: number, more: PageFacts = {}): void {
    world.clock.advance(seconds * 1_000)
    this.seen = { ...this.seen, ...more, secondsOnPage: (this.seen.secondsOnPage ?? 0) + seconds }
  }

  /** What comes of the rule on their page: it asks where it fits, and is answered. */
  hears(ruleId: RuleId): string {
    const seen = { ...this.seen, somebodyCanAnswer: world.agents.somebodyCanAnswer() }
    const told = world.proactive.rulesFor(this.visit, this.page).find(({ id }) => id === ruleId)
    if (!told || !fitsPage(told, seen)) return 'not asked for'
    const { secondsOnPage = 0 } = seen
    return world.proactive.ask(this.visit, { ruleId, secondsOnPage, page: this.page }).because
  }

  isHeldOut = (rule: Parameters<typeof isHeldOut>[0]): boolean =>
    isHeldOut(rule, this.visit.visitorId ?? this.visit.id, defaultHoldout)
}

type Play = (visitor: Player) => Promise<void> | void

/** For whom each is made; and who is nearly so, and hears nothing. */
const plays: Record<ReadyId, { at: string; when: Play; but: { at?: string; when: Play; or?: Play } }> = {
  welcome: {
    at: '/',
    when: (one) => one.stays(15),
    but: {
      async when(one) {
        await one.comesAgain('/', day)
        one.stays(15)
      },
    },
  },
  prices: { at: '/pricing/', when: (one) => one.stays(30), but: { when: (one) => one.stays(29) } },
  cart: {
    at: '/shoes',
    when(one) {
      one.tells('cart', { items: 1, value: 40 })
      one.stays(300)
    },
    but: {
      when(one) {
        one.tells('cart', { items: 1, value: 40 })
        one.stays(100)
        one.tells('order')
        one.stays(200)
      },
    },
  },
  checkout: {
    at: '/en/checkout/address',
    when: (one) => one.stays(5, { exitIntent: true }),
    but: { at: '/en/cart', when: (one) => one.stays(5, { exitIntent: true }) },
  },
  form: {
    at: '/apply',
    when(one) {
      one.tells('form:begun')
      one.stays(60, { idle: 30 })
    },
    but: {
      when(one) {
        one.tells('form:begun')
        one.tells('form:sent')
        one.stays(60, { idle: 30 })
      },
    },
  },
  undecided: {
    at: '/',
    async when(one) {
      await one.comesAgain('/', day)
      await one.comesAgain('/', 13 * day)
      one.stays(20)
    },
    but: {
      async when(one) {
        await one.comesAgain('/', day)
        await one.comesAgain('/', 15 * day)
        one.stays(20)
      },
      async or(one) {
        await one.comesAgain('/', day)
        one.tells('order')
        await one.sets({ customer: true })
        await one.comesAgain('/', day)
        one.stays(20)
      },
    },
  },
  searching: {
    at: '/',
    when(one) {
      for (const n of [1, 2, 3, 4, 5]) one.goesTo(`/shoes/${n}`)
      one.stays(180)
    },
    but: {
      when(one) {
        for (const n of [1, 2, 3, 4]) one.goesTo(`/shoes/${n}`)
        one.stays(180)
      },
    },
  },
  feature: {
    at: '/',
    async when(one) {
      await one.comesAgain('/', day)
      await one.comesAgain('/', day)
      await one.sets({ triedReports: false })
    },
    but: {
      async when(one) {
        await one.comesAgain('/', day)
        await one.comesAgain('/', day)
        await one.sets({ triedReports: true })
      },
    },
  },
  outage: { at: '/', when: () => undefined, but: { when: (one) => void one.stays(0) } },
  thanks: { at: '/', when: (one) => one.tells('order'), but: { when: (one) => one.tells('cart') } },
}

/** Speak also while nobody is there to answer. */
const alone: readonly ReadyId[] = ['outage', 'thanks']

it.each(readyRules.map((ready) => [ready.id, ready] as const))(
  'T125 the ready-made rule %s speaks to whom it is made for, and to nobody else',
  async (id, ready) => {
    const rule = must(await world.rules.create(ruleFrom(ready, world.site.id, id)))
    const { at, when, but } = plays[id]
    const comes = async (path: string): Promise<Player> => {
      const one = await Player.comes(path)
      return one.isHeldOut(rule) ? comes(path) : one
    }
    const other = await comes(but.at ?? at)
    world.agents.connected(world.sara.id)
    if (id !== 'outage') {
      await but.when(other)
      expect(other.hears(rule.id)).toBe('not asked for')
      const another = await comes(but.at ?? at)
      await (but.or ?? but.when)(another)
      expect(another.hears(rule.id)).toBe('not asked for')
    }
    const one = await comes(at)
    await when(one)
    expect(one.hears(rule.id)).toBe('shown')
    world.agents.disconnected(world.sara.id)
    world.clock.advance(2 * 60_000)
    const late = await comes(at)
    await when(late)
    expect(late.hears(rule.id)).toBe(alone.includes(id) ? 'shown' : 'not asked for')
    must(await world.rules.remove(rule.id))
  },
)
