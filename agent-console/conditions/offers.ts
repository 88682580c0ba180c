import { fold } from '../../shared/text/fold.ts'
import type { Condition, ConditionKind } from '../../shared/triggers/rule.ts'

/** What conditions are about, in the order of the menu. */
export const nouns = ['page', 'behaviour', 'visitor', 'shop', 'time', 'us'] as const
export type Noun = (typeof nouns)[number]

/** What each kind is about, and as what it begins. */
export const offers: { [Kind in ConditionKind]: { noun: Noun; begin: Extract<Condition, { kind: Kind }> } } =
  {
    url: { noun: 'page', begin: { kind: 'url', glob: '/*' } },
    urlIs: { noun: 'page', begin: { kind: 'urlIs', address: '/' } },
    title: { noun: 'page', begin: { kind: 'title', glob: '*' } },
    pageViews: { noun: 'page', begin: { kind: 'pageViews', atLeast: 3 } },
    secondsOnPage: { noun: 'page', begin: { kind: 'secondsOnPage', atLeast: 30 } },
    scroll: { noun: 'behaviour', begin: { kind: 'scroll', atLeast: 50 } },
    idle: { noun: 'behaviour', begin: { kind: 'idle', atLeast: 30 } },
    exitIntent: { noun: 'behaviour', begin: { kind: 'exitIntent' } },
    click: { noun: 'behaviour', begin: { kind: 'click', selector: '#help' } },
    elementSeen: { noun: 'behaviour', begin: { kind: 'elementSeen', selector: '#prices' } },
    widgetOpened: { noun: 'behaviour', begin: { kind: 'widgetOpened' } },
    event: { noun: 'behaviour', begin: { kind: 'event', name: 'signup', atLeast: 1 } },
    secondsOnSite: { noun: 'behaviour', begin: { kind: 'secondsOnSite', atLeast: 120 } },
    returning: { noun: 'visitor', begin: { kind: 'returning', is: true } },
    visits: { noun: 'visitor', begin: { kind: 'visits', atLeast: 3 } },
    lastSeen: { noun: 'visitor', begin: { kind: 'lastSeen', ago: 'atLeast', seconds: 7 * 86_400 } },
    lastChat: { noun: 'visitor', begin: { kind: 'lastChat', ago: 'atMost', seconds: 7 * 86_400 } },
    attribute: {
      noun: 'visitor',
      begin: { kind: 'attribute', name: 'plan', that: { op: 'is', value: 'free' } },
    },
    tag: { noun: 'visitor', begin: { kind: 'tag', tag: 'vip' } },
    segment: { noun: 'visitor', begin: { kind: 'segment', segment: '' } },
    leadScore: { noun: 'visitor', begin: { kind: 'leadScore', atLeast: 50 } },
    language: { noun: 'visitor', begin: { kind: 'language', anyOf: ['en'] } },
    country: { noun: 'visitor', begin: { kind: 'country', anyOf: ['DE'] } },
    device: { noun: 'visitor', begin: { kind: 'device', is: 'phone' } },
    referrer: { noun: 'visitor', begin: { kind: 'referrer', glob: 'https://*.google.*/*' } },
    utm: { noun: 'visitor', begin: { kind: 'utm', field: 'campaign', glob: '*' } },
    cartAbandoned: { noun: 'shop', begin: { kind: 'cartAbandoned', seconds: 300 } },
    schedule: { noun: 'time', begin: { kind: 'schedule', timeZone: 'UTC', weekly: [] } },
    somebodyCanAnswer: { noun: 'us', begin: { kind: 'somebodyCanAnswer' } },
    agentsOnline: { noun: 'us', begin: { kind: 'agentsOnline', atLeast: 2 } },
    teamOnline: { noun: 'us', begin: { kind: 'teamOnline', team: '' } },
    queueBelow: { noun: 'us', begin: { kind: 'queueBelow', below: 3 } },
  }

/** What can be chosen from the menu: a condition, or a group to put some into. */
export interface Offer {
  id: ConditionKind | 'group'
  noun: Noun | 'groups'
  name: string
  about: string
}

/** Those that have all the words of a search, whichever way they are written. */
export function searched(all: readonly Offer[], search: string): Offer[] {
  const wanted = fold(search).split(' ')
  return all.filter(({ name, about, id }) => {
    const text = fold(`${name} ${about} ${id}`)
    return wanted.every((word) => text.includes(word))
  })
}
