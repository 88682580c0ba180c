import * as v from 'valibot'
import { limits } from '../../limits.ts'
import { line } from '../../text/fields.ts'
import { utmFields } from '../facts.ts'
import { prepareGlob } from '../glob.ts'
import { glob, whole } from './fields.ts'
import { kind } from './kind.ts'

/** Which page it is, and where the visitor came from. */
export const pageShown = [
  /** A glob that begins with `/` is held against the path. */
  kind(
    'url',
    { glob },
    {
      needs: ['url'],
      known: 'server',
      cost: 1,
      holds(condition) {
        const fits = addressGlob(condition.glob)
        return ({ url }) => fits(url)
      },
    },
  ),
  /** Exactly this address; one that begins with `/` is held against the path. */
  kind(
    'urlIs',
    { address: line(limits.urlCharacters) },
    {
      needs: ['url'],
      known: 'server',
      holds({ address }) {
        const fits = addressed(address, (one) => one === address)
        return ({ url }) => fits(url)
      },
    },
  ),
  kind(
    'title',
    { glob },
    {
      needs: ['title'],
      known: 'server',
      cost: 1,
      holds(condition) {
        const fits = prepareGlob(condition.glob)
        return ({ title }) => fits(title)
      },
    },
  ),
  kind(
    'pageViews',
    { atLeast: whole(0, 10_000) },
    {
      needs: ['pageViews'],
      known: 'server',
      holds:
        ({ atLeast }) =>
        ({ pageViews }) =>
          pageViews >= atLeast,
    },
  ),
  kind(
    'referrer',
    { glob },
    {
      needs: ['referrer'],
      known: 'server',
      cost: 1,
      holds(condition) {
        const fits = prepareGlob(condition.glob)
        return ({ referrer }) => fits(referrer)
      },
    },
  ),
  kind(
    'utm',
    { field: v.picklist(utmFields), glob },
    {
      needs: ['utm'],
      known: 'server',
      holds({ field, glob: wanted }) {
        const fits = prepareGlob(wanted)
        return ({ utm }) => fits(utm[field] ?? '')
      },
      seen: ({ utm }, { field }) => utm[field] ?? '',
    },
  ),
]

/** Whether an address fits; a glob that begins with `/` is held against its path. */
export const addressGlob = (glob: string): Fits => addressed(glob, prepareGlob(glob))

type Fits = (url: string) => boolean

/** Who comes by a campaign sees the same page as all others, whether or not its names were written down. */
function addressed(wanted: string, fits: Fits): Fits {
  const part = wanted.startsWith('/') ? pathOf : asItIs
  return (url) => {
    if (fits(part(url))) return true
    const plain = withoutCampaign(url)
    return plain !== url && fits(part(plain))
  }
}

const asItIs = (url: string): string => url

/** Without a query that only names a campaign. */
function withoutCampaign(url: string): string {
  const start = url.indexOf('?utm_')
  if (start < 0) return url
  const route = url.indexOf('#', start)
  const end = route < 0 ? url.length : route
  const names = url.slice(start + 1, end).split('&')
  return names.every((one) => one.startsWith('utm_')) ? url.slice(0, start) + url.slice(end) : url
}

/** With query and route; a host alone is its home page. */
export function pathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('//') + 2)
  return start < 0 ? '/' : url.slice(start)
}
