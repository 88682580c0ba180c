import * as v from 'valibot'
import type { Known } from '../facts.ts'
import { Comparison, compares } from './comparison.ts'
import { longest, name, whole } from './fields.ts'
import { kind } from './kind.ts'

const tagsOfLanguages = v.pipe(
  v.array(
    v.pipe(v.string(), v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a tag such as fa or pt-BR')),
  ),
  v.minLength(1),
  v.maxLength(50),
)
const countries = v.pipe(
  v.array(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, 'must be two letters such as IR'))),
  v.minLength(1),
  v.maxLength(250),
)
const ago = { ago: v.picklist(['atLeast', 'atMost']), seconds: whole(1, longest) }
type Ago = v.InferOutput<v.StrictObjectSchema<typeof ago, undefined>>

/** What never was is neither long nor lately ago. */
const isAgo = ({ ago: bound, seconds }: Ago, at: number | null, now: number): boolean =>
  at !== null && (bound === 'atLeast' ? now - at >= seconds * 1_000 : now - at <= seconds * 1_000)

const dueAgo = ({ ago: bound, seconds }: Ago, at: number | null): number | null =>
  at !== null && bound === 'atLeast' ? at + seconds * 1_000 : null

/** Who the visitor is, and what is remembered of them. */
export const person = [
  kind(
    'visits',
    { atLeast: whole(1, 10_000) },
    {
      needs: ['visits'],
      known: 'server',
      holds:
        ({ atLeast }) =>
        ({ visits }) =>
          visits >= atLeast,
    },
  ),
  kind(
    'returning',
    { is: v.boolean() },
    {
      needs: ['returning'],
      known: 'server',
      holds:
        ({ is }) =>
        ({ returning }) =>
          returning === is,
    },
  ),
  kind(
    'secondsOnSite',
    { atLeast: whole(0, 86_400) },
    {
      needs: ['secondsOnSite', 'now'],
      known: 'server',
      holds:
        ({ atLeast }) =>
        ({ secondsOnSite }) =>
          secondsOnSite >= atLeast,
      due: ({ secondsOnSite, now }, { atLeast }) => now + (atLeast - secondsOnSite) * 1_000,
    },
  ),
  kind(
    'attribute',
    { name, that: Comparison },
    {
      needs: ['attributes'],
      known: 'server',
      holds(condition) {
        const fits = compares(condition.that)
        return ({ attributes }) => fits(attributeIn({ attributes }, condition.name))
      },
      seen: (facts, condition) => attributeIn(facts, condition.name) ?? null,
    },
  ),
  kind(
    'tag',
    { tag: name },
    {
      needs: ['tags'],
      known: 'server',
      holds:
        ({ tag }) =>
        ({ tags }) =>
          tags.has(tag),
      seen: ({ tags }, { tag }) => tags.has(tag),
    },
  ),
  kind(
    'segment',
    { segment: name },
    {
      needs: ['segments'],
      known: 'server',
      holds:
        ({ segment }) =>
        ({ segments }) =>
          segments.get(segment) ?? false,
      seen: ({ segments }, { segment }) => segments.get(segment) === true,
    },
  ),
  kind(
    'leadScore',
    { atLeast: v.pipe(v.number(), v.minValue(-10_000), v.maxValue(10_000)) },
    {
      needs: ['leadScore'],
      known: 'server',
      holds:
        ({ atLeast }) =>
        ({ leadScore }) =>
          leadScore >= atLeast,
    },
  ),
  /** `pt` takes every Portuguese, `pt-BR` the Brazilian one. */
  kind(
    'language',
    { anyOf: tagsOfLanguages },
    {
      needs: ['language'],
      known: 'server',
      holds({ anyOf }) {
        const wanted = anyOf.map((tag) => tag.toLowerCase())
        return ({ language }) => {
          const own = language.toLowerCase()
          return wanted.some((tag) => own === tag || own.startsWith(`${tag}-`))
        }
      },
    },
  ),
  kind(
    'device',
    { is: v.picklist(['desktop', 'phone']) },
    {
      needs: ['device'],
      known: 'server',
      holds:
        ({ is }) =>
        ({ device }) =>
          device === is,
    },
  ),
  kind(
    'country',
    { anyOf: countries },
    {
      needs: ['country'],
      known: 'server',
      holds:
        ({ anyOf }) =>
        ({ country }) =>
          country !== null && anyOf.includes(country),
    },
  ),
  kind('lastChat', ago, {
    needs: ['lastChatAt', 'now'],
    known: 'server',
    holds:
      (condition) =>
      ({ lastChatAt, now }) =>
        isAgo(condition, lastChatAt, now),
    due: ({ lastChatAt }, condition) => dueAgo(condition, lastChatAt),
  }),
  kind('lastSeen', ago, {
    needs: ['lastSeenAt', 'now'],
    known: 'server',
    holds:
      (condition) =>
      ({ lastSeenAt, now }) =>
        isAgo(condition, lastSeenAt, now),
    due: ({ lastSeenAt }, condition) => dueAgo(condition, lastSeenAt),
  }),
]

/** Own ones alone: `constructor` is nobody's attribute. */
const attributeIn = ({ attributes }: Known<'attributes'>, wanted: string) =>
  Object.hasOwn(attributes, wanted) ? attributes[wanted] : undefined
