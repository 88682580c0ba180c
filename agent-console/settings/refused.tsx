import type { Failure, FailureCode, Refusal } from '../../shared/result.ts'
import type { TextKey, Words } from '../ui/words.ts'

type User = Extract<Refusal, { is: 'inUse' }>['by'][number]

const users: Record<User['what'], TextKey> = {
  rule: 'useRule',
  segment: 'useSegment',
  score: 'useScore',
  team: 'useTeam',
  site: 'useSite',
  target: 'useTarget',
}

/** Of what needs no more words than its code. */
const byCode: Partial<Record<FailureCode, TextKey>> = {
  invalid: 'refusedInvalid',
  too_large: 'refusedInvalid',
  not_found: 'refusedMeanwhile',
  conflict: 'refusedMeanwhile',
  forbidden: 'refusedForbidden',
}

/** Why the server would not take it, in the language of who asked. */
export function sayRefused(words: Words, { refusal, code }: Pick<Failure, 'refusal' | 'code'>): string {
  const { t, tag } = words
  const list = (names: string[]) => new Intl.ListFormat(tag).format(names)
  switch (refusal?.is) {
    case undefined:
      return t(byCode[code] ?? 'refusedLater')
    case 'full':
      return t('refusedFull', { most: new Intl.NumberFormat(tag).format(refusal.most) })
    case 'unknown':
      return t('refusedUnknown', { name: isolated(refusal.name) })
    case 'inUse':
      return t('stillAskedFor', {
        names: list(refusal.by.map(({ what, name }) => t(users[what], { name: isolated(name) }))),
      })
    case 'ring':
      return t('refusedRing', { names: list(refusal.names.map((name) => isolated(name || t('useScore')))) })
    case 'twice':
      return t('refusedTwice')
    case 'pageAlone':
      return t('refusedPageAlone')
  }
}

/** A name keeps its own direction, whatever stands around it. */
const isolated = (name: string): string => `\u2068${name}\u2069`
