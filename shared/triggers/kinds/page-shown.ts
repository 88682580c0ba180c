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
        const fits = prepareGlob(condition.glob)
        return condition.glob.startsWith('/') ? ({ url }) => fits(pathOf(url)) : ({ url }) => fits(url)
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
      holds: ({ address }) =>
        address.startsWith('/') ? ({ url }) => pathOf(url) === address : ({ url }) => url === address,
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

/** With query and route; a host alone is its home page. */
export function pathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('//') + 2)
  return start < 0 ? '/' : url.slice(start)
}
