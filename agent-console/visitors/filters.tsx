import type { ComponentChildren } from 'preact'
import { useEffect, useId, useState } from 'preact/hooks'
import { limits } from '../../shared/limits.ts'
import { locales } from '../../shared/locale.ts'
import type { Roster } from '../../shared/roster.ts'
import { type RosterQuery, rosterOrders } from '../../shared/roster-query.ts'
import type { Segment } from '../../shared/triggers/segments.ts'
import type { LiveVisitor } from '../../shared/visitor.ts'
import { everyPage } from '../connection/api.ts'
import { wholeIn } from '../state/route.ts'
import { useDeskState, useSurroundings, useWords } from '../ui/context.tsx'
import { figure } from '../ui/format.ts'
import { useLoaded, useMedia } from '../ui/hooks.tsx'
import { languageNames } from '../ui/language-names.ts'
import type { TextKey } from '../ui/words.ts'
import { phoneSized } from './part.tsx'

interface FiltersProps {
  query: RosterQuery
  /** Those on the screen: what they have can be chosen. */
  people: Roster | null
  onChange: (query: RosterQuery) => void
}

const orderNames: Record<RosterQuery['order'], TextKey> = {
  arrived: 'orderArrived',
  stayed: 'orderStayed',
  active: 'orderActive',
  pages: 'orderPages',
  score: 'orderScore',
}

/** A question without the parts that ask for nothing. */
function changed(
  query: RosterQuery,
  change: { [Name in keyof RosterQuery]?: string | number | boolean },
): RosterQuery {
  const parts = Object.entries({ ...query, ...change }).filter(([, value]) => value !== '')
  // The parts come from choices that hold nothing else; the address is parsed again in any case.
  return Object.fromEntries(parts) as RosterQuery
}

/** What is looked for among the people on the site. On a phone all but the search waits behind a word. */
export function Filters({ query, people, onChange }: FiltersProps) {
  const words = useWords()
  const { t } = words
  const phone = useMedia(phoneSized)
  const { order: _, grouped: __, search: ___, ...filters } = query
  const active = Object.keys(filters).length
  const set: Set = (change) => onChange(changed(query, change))
  const fields = <Fields query={query} people={people} set={set} />
  return (
    <search class="people-filters" aria-label={t('filterPeople')}>
      <Typed
        label="searchPeople"
        hint="searchPeopleHint"
        value={query.search}
        wide
        set={(search) => set({ search })}
      />
      {phone ? (
        <details class="people-more">
          <summary>
            {t('filterPeople')}
            {active > 0 && <span class="chip-count">{figure(words, active)}</span>}
          </summary>
          <div class="people-fields">{fields}</div>
        </details>
      ) : (
        fields
      )}
      {active + (query.search ? 1 : 0) > 0 && (
        <button
          type="button"
          class="button quiet"
          onClick={() => onChange({ order: query.order, grouped: query.grouped })}
        >
          {t('clearFilters')}
        </button>
      )}
    </search>
  )
}

type Set = (change: { [Name in keyof RosterQuery]?: string | number | boolean }) => void

function Fields({ query, people, set }: { query: RosterQuery; people: Roster | null; set: Set }) {
  const { t } = useWords()
  const there = [...(people?.values() ?? [])]
  const tags = there.flatMap((one) => one.tags ?? [])
  const events = there.flatMap((one) => (one.events ?? []).map(({ name }) => name))
  return (
    <>
      <Chosen label="filterCame" value={query.came} set={(came) => set({ came })}>
        <Options any="anybody" of={{ new: 'cameNew', returning: 'cameReturning' }} />
      </Chosen>
      <Chosen label="filterDevice" value={query.device} set={(device) => set({ device })}>
        <Options any="anyDevice" of={{ desktop: 'desktop', phone: 'phone' }} />
      </Chosen>
      <Chosen label="filterLanguage" value={query.locale} set={(locale) => set({ locale })}>
        <option value="">{t('anyLanguage')}</option>
        {locales.map((locale) => (
          <option key={locale} value={locale}>
            {languageNames[locale]}
          </option>
        ))}
      </Chosen>
      <Chosen label="filterChat" value={query.chat} set={(chat) => set({ chat })}>
        <Options any="anyChat" of={{ with: 'chatWith', without: 'chatWithout' }} />
      </Chosen>
      <Typed label="filterPage" ltr value={query.page} set={(page) => set({ page })} />
      <Typed label="filterTag" options={tags} value={query.tag} set={(tag) => set({ tag })} />
      <Typed label="filterEvent" options={events} value={query.event} set={(event) => set({ event })} />
      <Sorted query={query} people={there} set={set} />
      <Chosen label="orderBy" value={query.order} plain set={(order) => set({ order })}>
        {rosterOrders.map((order) => (
          <option key={order} value={order}>
            {t(orderNames[order])}
          </option>
        ))}
      </Chosen>
      <button
        type="button"
        class="chip"
        aria-pressed={query.grouped}
        onClick={() => set({ grouped: !query.grouped })}
      >
        {t('groupByPage')}
      </button>
    </>
  )
}

interface SortedProps {
  query: RosterQuery
  people: readonly LiveVisitor[]
  set: Set
}

/** Segments and the score, where a site has them. */
function Sorted({ query, people, set }: SortedProps) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const version = useDeskState((desk) => desk.workspaceVersion)
  const found = useLoaded(`segments ${query.site} ${version}`, () =>
    everyPage<Segment>(api, '/segments', { site: query.site }),
  )
  const segments = found.value?.items ?? []
  const { segment, scoreAtLeast } = query
  return (
    <>
      {(segments.length > 0 || segment) && (
        <Chosen label="filterSegment" value={segment} set={(one) => set({ segment: one })}>
          <option value="">{t('anySegment')}</option>
          {segments.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Chosen>
      )}
      {(scoreAtLeast !== undefined || people.some(({ score }) => score)) && (
        <Typed
          label="filterScore"
          value={scoreAtLeast === undefined ? '' : String(scoreAtLeast)}
          set={(text) => set({ scoreAtLeast: wholeIn(text) ?? '' })}
        />
      )}
    </>
  )
}

const Options = ({ any, of }: { any: TextKey; of: Readonly<Record<string, TextKey>> }) => {
  const { t } = useWords()
  return (
    <>
      <option value="">{t(any)}</option>
      {Object.entries(of).map(([value, name]) => (
        <option key={value} value={value}>
          {t(name)}
        </option>
      ))}
    </>
  )
}

interface ChosenProps {
  label: TextKey
  value: string | undefined
  /** Always one of its options: never shown as a filter. */
  plain?: boolean
  set: (value: string) => void
  children: ComponentChildren
}

const Chosen = ({ label, value = '', plain, set, children }: ChosenProps) => (
  <select
    class={value !== '' && !plain ? 'select chosen' : 'select'}
    aria-label={useWords().t(label)}
    value={value}
    onChange={(event) => set(event.currentTarget.value)}
  >
    {children}
  </select>
)

interface TypedProps {
  label: TextKey
  hint?: TextKey
  value: string | undefined
  options?: readonly string[]
  wide?: boolean
  ltr?: boolean
  set: (value: string) => void
}

/** Of a page, to show how one is written. */
export const anyGlob = '/pricing*'

/** Every question is a list that the server has to make: a word is asked for once it is written. */
const writingPause = 300

function Typed({ label, hint, value = '', options, wide, ltr, set }: TypedProps) {
  const { t } = useWords()
  const id = useId()
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  useEffect(() => {
    if (text.trim() === value) return
    const timer = setTimeout(() => set(text.trim()), writingPause)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <>
      <input
        class={wide ? 'input people-search' : value ? 'input chosen' : 'input'}
        type={wide ? 'search' : 'text'}
        aria-label={t(label)}
        placeholder={ltr ? anyGlob : t(hint ?? label)}
        dir={ltr ? 'ltr' : text ? 'auto' : undefined}
        list={options && id}
        maxLength={ltr ? limits.globCharacters : 60}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      {options && (
        <datalist id={id}>
          {[...new Set(options)].map((option) => (
            <option key={option} value={option} />
          ))}
        </datalist>
      )}
    </>
  )
}
