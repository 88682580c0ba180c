import { useState } from 'preact/hooks'
import type { SurveyKind } from '../../shared/conversation/entry.ts'
import { limits } from '../../shared/limits.ts'
import { direction, type Locale, locales } from '../../shared/locale.ts'
import { surveyOrder } from '../../shared/survey.ts'
import { type SiteSurveys, usualQuestions, usualSurveys } from '../../shared/survey-words.ts'
import type { SiteDraft } from '../../shared/workspace.ts'
import { useWords } from '../ui/context.tsx'
import { languageNames } from '../ui/language-names.ts'
import { Choices } from '../ui/parts.tsx'
import type { TextKey } from '../ui/words.ts'

interface PartProps {
  draft: Pick<SiteDraft, 'surveys'>
  change: (part: Pick<SiteDraft, 'surveys'>) => void
}

const kinds: Record<SurveyKind, { name: TextKey; about: TextKey }> = {
  csat: { name: 'askCsat', about: 'askCsatAbout' },
  ces: { name: 'askCes', about: 'askCesAbout' },
  goal: { name: 'askGoal', about: 'askGoalAbout' },
  emotion: { name: 'askEmotion', about: 'askEmotionAbout' },
  nps: { name: 'askNps', about: 'askNpsAbout' },
}

/** What visitors are asked after a chat, one thing at a time, and in which words. */
export function SurveysPart({ draft, change }: PartProps) {
  const { t, locale: own } = useWords()
  const [locale, setLocale] = useState<Locale>(own)
  const surveys = draft.surveys ?? usualSurveys
  const put = (part: Partial<SiteSurveys>) => change({ surveys: { ...surveys, ...part } })
  return (
    <fieldset class="texts surveys">
      <legend>{t('surveysTitle')}</legend>
      <p class="field-hint">{t('surveysAbout')}</p>
      <Choices
        name={t('textLanguage')}
        value={locale}
        onChange={setLocale}
        choices={locales.map((value) => ({ value, label: <span lang={value}>{languageNames[value]}</span> }))}
      />
      {surveyOrder.map((kind) => (
        <Ask key={kind} kind={kind} locale={locale} surveys={surveys} put={put} />
      ))}
    </fieldset>
  )
}

interface AskProps {
  kind: SurveyKind
  locale: Locale
  surveys: SiteSurveys
  put: (part: Partial<SiteSurveys>) => void
}

function Ask({ kind, locale, surveys, put }: AskProps) {
  const { t } = useWords()
  const { name, about } = kinds[kind]
  const isOn = surveys.asks.includes(kind)
  const asks = surveyOrder.filter((one) => (one === kind ? !isOn : surveys.asks.includes(one)))
  return (
    <div class="survey-ask">
      <label class="survey-choice">
        <input type="checkbox" checked={isOn} onChange={() => put({ asks })} />
        <span>
          {t(name)}
          <span class="field-hint">{t(about)}</span>
        </span>
      </label>
      {isOn && (
        <input
          class="input"
          dir={direction(locale)}
          lang={locale}
          aria-label={t('questionOf', { name: t(name) })}
          maxLength={limits.labelCharacters * 2}
          placeholder={usualQuestions[kind][locale]}
          value={surveys.questions?.[kind]?.[locale] ?? ''}
          onInput={(event) =>
            put({
              questions: {
                ...surveys.questions,
                [kind]: { ...surveys.questions?.[kind], [locale]: event.currentTarget.value },
              },
            })
          }
        />
      )}
    </div>
  )
}
