import { useState } from 'preact/hooks'
import { limits } from '../../shared/limits.ts'
import { direction, type Locale, locales } from '../../shared/locale.ts'
import type { SiteDraft } from '../../shared/workspace.ts'
import { useSurroundings, useWords } from '../ui/context.tsx'
import { languageNames } from '../ui/language-names.ts'
import { NumberInput } from '../ui/number-input.tsx'
import { Choices, Field } from '../ui/parts.tsx'
import type { TextKey } from '../ui/words.ts'
import { CalendarPicker } from './calendar-picker.tsx'
import { useDraft } from './draft.tsx'
import { ifUnchanged, SaveFault } from './named-card.tsx'
import { SaveFoot } from './save-foot.tsx'
import { SurveysPart } from './surveys-part.tsx'
import type { ShownSite } from './which-site.tsx'

/** What people write one a line is kept as they write it. */
type Draft = Omit<SiteDraft, 'origins' | 'ignore'> & { origins: string; ignore: string }

/** Its journey has a form of its own, and stays where it is not sent. */
function draftOf(site: ShownSite): Draft {
  const { id: _id, key: _key, createdAt: _at, journey: _journey, revision: _revision, ...draft } = site
  return { ...draft, origins: site.origins.join('\n'), ignore: (site.ignore ?? []).join('\n') }
}

const bodyOf = (draft: Draft): SiteDraft => ({
  ...draft,
  origins: readOrigins(draft.origins),
  ignore: readLines(draft.ignore),
})

/** One a line, as people write them. */
const readLines = (text: string): string[] => text.split(/[\s,]+/).filter((one) => one !== '')

/** One origin a line, as people write them. */
export const readOrigins = (text: string): string[] =>
  readLines(text)
    .map((one) => one.replace(/\/+$/, ''))
    .filter((one) => one !== '')

export function SiteForm({ site, onSaved }: { site: ShownSite; onSaved: () => void }) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const path = `/sites/${site.id}`
  const { draft, change, state, error, save } = useDraft({
    ...{ held: site, draftOf, onSaved },
    put: (one, { revision }) => api.send<ShownSite>('PUT', path + ifUnchanged(revision), bodyOf(one)),
    now: () => api.get<ShownSite>(path),
  })
  const originsFault = error?.path?.startsWith('origins') ? t('originsFault') : null
  return (
    <form class="card form" onSubmit={(event) => void save(event)}>
      <h2>{t('siteTitle')}</h2>
      <Identity draft={draft} change={change} />
      <Field label={t('origins')} hint={t('originsHint')} fault={originsFault}>
        {(ids) => (
          <textarea
            {...ids}
            class="input"
            rows={3}
            dir="ltr"
            required
            value={draft.origins}
            onInput={(event) => change({ origins: event.currentTarget.value })}
          />
        )}
      </Field>
      <Kept draft={draft} change={change} fault={error?.path?.startsWith('ignore') ?? false} />
      <Colleagues draft={draft} change={change} />
      <CalendarPicker
        hint="siteCalendarHint"
        none="calendarOfHouse"
        value={draft.calendar}
        onChange={(calendar) => change({ calendar })}
      />
      <Looks draft={draft} change={change} />
      <Texts draft={draft} change={change} />
      <SurveysPart draft={draft} change={change} />
      {error && !originsFault && !error.path?.startsWith('ignore') && <SaveFault error={error} />}
      <SaveFoot state={state} />
    </form>
  )
}

interface PartProps {
  draft: Draft
  change: (part: Partial<Draft>) => void
}

const Identity = ({ draft, change }: PartProps) => (
  <Field label={useWords().t('siteName')} hint={useWords().t('siteNameHint')}>
    {(ids) => (
      <input
        {...ids}
        class="input"
        dir="auto"
        required
        maxLength={limits.nameCharacters}
        value={draft.name}
        onInput={(event) => change({ name: event.currentTarget.value })}
      />
    )}
  </Field>
)

/** Who is not counted, and for how long all others are. */
function Kept({ draft, change, fault }: PartProps & { fault: boolean }) {
  const { t } = useWords()
  return (
    <div class="form-row">
      <Field label={t('ignored')} hint={t('ignoredHint')} fault={fault ? t('ignoredFault') : null}>
        {(ids) => (
          <textarea
            {...ids}
            class="input"
            rows={2}
            dir="ltr"
            value={draft.ignore}
            onInput={(event) => change({ ignore: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={t('retention')} hint={t('retentionHint')}>
        {(ids) => (
          <NumberInput
            {...ids}
            {...{ optional: true, usual: 90, range: [1, 3_650] }}
            value={draft.retentionDays}
            onChange={(retentionDays) => change({ retentionDays })}
          />
        )}
      </Field>
    </div>
  )
}

function Colleagues({ draft, change }: PartProps) {
  const { t } = useWords()
  return (
    <label class="survey-choice">
      <input
        type="checkbox"
        checked={!draft.countAgents}
        onChange={(event) => change({ countAgents: !event.currentTarget.checked })}
      />
      <span>
        {t('leaveAgentsOut')}
        <span class="field-hint">{t('leaveAgentsOutHint')}</span>
      </span>
    </label>
  )
}

function Looks({ draft, change }: PartProps) {
  const { t } = useWords()
  return (
    <div class="form-row">
      <Field label={t('accent')} hint={t('accentHint')}>
        {(ids) => (
          <input
            {...ids}
            class="input colour"
            type="color"
            value={draft.accent}
            onInput={(event) => change({ accent: event.currentTarget.value.toLowerCase() })}
          />
        )}
      </Field>
      <div class="field">
        <span class="label">{t('side')}</span>
        <Choices
          name={t('side')}
          value={draft.side}
          onChange={(side) => change({ side })}
          choices={[
            { value: 'start', label: t('sideStart') },
            { value: 'end', label: t('sideEnd') },
          ]}
        />
      </div>
      <div class="field">
        <span class="label">{t('siteLanguage')}</span>
        <Choices
          name={t('siteLanguage')}
          value={draft.locale}
          onChange={(locale) => change({ locale })}
          choices={locales.map((value) => ({
            value,
            label: <span lang={value}>{languageNames[value]}</span>,
          }))}
        />
      </div>
    </div>
  )
}

const localTexts: readonly { field: 'greeting' | 'replyTime'; label: TextKey; hint: TextKey }[] = [
  { field: 'greeting', label: 'greeting', hint: 'greetingHint' },
  { field: 'replyTime', label: 'replyTime', hint: 'replyTimeHint' },
]

/** The texts visitors read first, in each language. */
function Texts({ draft, change }: PartProps) {
  const { t, locale: own } = useWords()
  const [locale, setLocale] = useState<Locale>(own)
  return (
    <fieldset class="texts">
      <legend>{t('siteTexts')}</legend>
      <Choices
        name={t('textLanguage')}
        value={locale}
        onChange={setLocale}
        choices={locales.map((value) => ({ value, label: <span lang={value}>{languageNames[value]}</span> }))}
      />
      {localTexts.map(({ field, label, hint }) => (
        <Field key={field} label={t(label)} hint={t(hint)}>
          {(ids) => (
            <input
              {...ids}
              class="input"
              dir={direction(locale)}
              lang={locale}
              value={draft[field][locale] ?? ''}
              onInput={(event) =>
                change({ [field]: { ...draft[field], [locale]: event.currentTarget.value } })
              }
            />
          )}
        </Field>
      ))}
    </fieldset>
  )
}
