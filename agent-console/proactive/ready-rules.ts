import type { SiteId } from '../../shared/ids.ts'
import { type RuleDraft, ruleVersion } from '../../shared/triggers/rule.ts'
import { answers, type ReadyId, readyTexts } from './ready-texts.ts'

/** What a page has to tell for a rule to be of use. */
export interface Needed {
  /** Of events; null for what is set of a visitor. */
  event: string | null
  attribute: string | null
  /** The line to put into the page. */
  code: string
}

export interface ReadyRule {
  id: ReadyId
  needs: readonly Needed[]
  rule: Pick<RuleDraft, 'when'> & Partial<Pick<RuleDraft, 'action' | 'limits' | 'goal' | 'holdout'>>
}

const daySeconds = 86_400
const told = (event: string, code: string): Needed => ({ event, attribute: null, code })
const set = (attribute: string, value: boolean): Needed => ({
  ...{ event: null, attribute },
  code: `Ahlan('set', { ${attribute}: ${value} })`,
})
const cart = told('cart', "Ahlan('track', 'cart', { items, value })")
const order = told('order', "Ahlan('track', 'order')")
const ordered = { kind: 'event', name: 'order', withinSeconds: daySeconds } as const
const chatted = { kind: 'chat', withinSeconds: daySeconds } as const

/** Rules that many need, made by the house. */
export const readyRules: readonly ReadyRule[] = [
  {
    id: 'welcome',
    needs: [],
    rule: {
      when: [
        { kind: 'returning', is: false },
        { kind: 'secondsOnPage', atLeast: 15 },
      ],
      limits: { often: { kind: 'onceEver' } },
      goal: chatted,
    },
  },
  {
    id: 'prices',
    needs: [],
    rule: {
      when: [
        { kind: 'url', glob: '/pricing*' },
        { kind: 'secondsOnPage', atLeast: 30 },
      ],
      goal: chatted,
    },
  },
  {
    id: 'cart',
    needs: [cart, order],
    rule: {
      when: [{ kind: 'cartAbandoned', seconds: 300 }],
      limits: { often: { kind: 'every', seconds: 7 * daySeconds } },
      goal: ordered,
    },
  },
  {
    id: 'checkout',
    needs: [order],
    rule: {
      when: [{ kind: 'url', glob: '*/checkout*' }, { kind: 'exitIntent' }],
      action: { kind: 'buttons', buttons: [{ does: 'answer', label: answers.question }] },
      goal: ordered,
    },
  },
  {
    id: 'form',
    needs: [
      told('form:begun', "Ahlan('track', 'form:begun')"),
      told('form:sent', "Ahlan('track', 'form:sent')"),
    ],
    rule: {
      when: [
        { kind: 'event', name: 'form:begun', atLeast: 1 },
        { kind: 'not', of: [{ kind: 'event', name: 'form:sent', atLeast: 1 }] },
        { kind: 'idle', atLeast: 30 },
      ],
      goal: { kind: 'event', name: 'form:sent', withinSeconds: daySeconds },
    },
  },
  {
    id: 'undecided',
    // What happened is known of this visit alone: that somebody has ever ordered is remembered of them.
    needs: [order, set('customer', true)],
    rule: {
      when: [
        { kind: 'visits', atLeast: 3 },
        { kind: 'lastSeen', ago: 'atMost', seconds: 14 * daySeconds },
        {
          kind: 'not',
          of: [
            { kind: 'event', name: 'order', atLeast: 1 },
            { kind: 'attribute', name: 'customer', that: { op: 'is', value: true } },
          ],
        },
        { kind: 'secondsOnPage', atLeast: 20 },
      ],
      limits: { often: { kind: 'every', seconds: 14 * daySeconds } },
      goal: ordered,
    },
  },
  {
    id: 'searching',
    needs: [],
    rule: {
      when: [
        { kind: 'pageViews', atLeast: 6 },
        { kind: 'secondsOnSite', atLeast: 180 },
      ],
      goal: chatted,
    },
  },
  {
    id: 'feature',
    needs: [set('triedReports', false)],
    rule: {
      when: [
        { kind: 'visits', atLeast: 3 },
        { kind: 'attribute', name: 'triedReports', that: { op: 'is', value: false } },
      ],
      action: { kind: 'buttons', buttons: [{ does: 'answer', label: answers.showMe }] },
      limits: { often: { kind: 'onceEver' } },
      goal: chatted,
    },
  },
  {
    id: 'outage',
    needs: [],
    rule: {
      when: [],
      action: { kind: 'banner', at: 'top' },
      limits: { often: { kind: 'onceASession' }, needsSomebody: false },
      holdout: 0,
    },
  },
  {
    id: 'thanks',
    needs: [order],
    rule: {
      when: [{ kind: 'event', name: 'order', atLeast: 1 }],
      action: { kind: 'survey', scale: 'faces' },
      limits: { often: { kind: 'every', seconds: 30 * daySeconds }, needsSomebody: false },
      holdout: 0,
    },
  },
]

/** The rule as it is switched on: last in the order, so that it overrules nothing that is there. */
export function ruleFrom({ id, rule }: ReadyRule, siteId: SiteId, name: string): RuleDraft {
  const { limits, holdout = 0.1, ...rest } = structuredClone(rule)
  return {
    ...{ version: ruleVersion, siteId, name, enabled: true, priority: 0, holdout },
    ...rest,
    say: { ...readyTexts[id] },
    limits: { often: { kind: 'onceASession' }, needsSomebody: true, ...limits },
  }
}
