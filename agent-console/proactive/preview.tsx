import { useState } from 'preact/hooks'
import { type Offer, type Said, sayIn, wordsOf } from '../../shared/invitation.ts'
import { direction, formatTag, type Locale, locales } from '../../shared/locale.ts'
import type { RuleDraft } from '../../shared/triggers/rule.ts'
import { useDeskState, useWords } from '../ui/context.tsx'
import { languageNames } from '../ui/language-names.ts'
import { Choices } from '../ui/parts.tsx'

/** Somebody who could come, in each language, so that what is put in can be seen. */
const examples: Record<Locale, { name: string; email: string; page: string }> = {
  en: { name: 'Maya', email: 'maya@example.com', page: 'Prices' },
  ar: { name: 'ليلى', email: 'layla@example.com', page: 'الأسعار' },
  fa: { name: 'مینا', email: 'mina@example.com', page: 'قیمت‌ها' },
}

/** Whose words: of the rule itself, or of one of its other wordings. */
const ownWording = 'A'

/** What visitors will see: each wording, in the language that is written in or in all of them. */
export function Preview({ rule, locale }: { rule: RuleDraft; locale: Locale }) {
  const { t } = useWords()
  const [chosen, choose] = useState(ownWording)
  const [isWhole, showAll] = useState(false)
  const variants = rule.variants ?? []
  const variant = variants.find(({ id }) => id === chosen)
  const names = [ownWording, ...variants.map(({ id }) => id)]
  return (
    <section class="previews" aria-label={t('previews')}>
      <div class="previews-head">
        {variants.length > 0 && (
          <Choices
            name={t('previewWording')}
            value={variant?.id ?? ownWording}
            onChange={choose}
            choices={names.map((name) => ({ value: name, label: t('orElse', { name }) }))}
          />
        )}
        <button type="button" class="extra" aria-pressed={isWhole} onClick={() => showAll(!isWhole)}>
          {t('previewAll')}
        </button>
      </div>
      {(isWhole ? locales : [locale]).map((one) => (
        <InLanguage key={one} rule={worded(rule, variant)} locale={one} />
      ))}
    </section>
  )
}

/** As the server puts them: a wording without buttons of its own has those of the rule. */
function worded(rule: RuleDraft, variant: Variant | undefined): RuleDraft {
  const { say, action = rule.action } = variant ?? rule
  return { ...rule, say, ...(action ? { action } : {}) }
}

type Variant = NonNullable<RuleDraft['variants']>[number]

/** Under the name of their site, and filled with somebody's name. */
function InLanguage({ rule, locale }: { rule: RuleDraft; locale: Locale }) {
  const { t } = useWords()
  const site = useDeskState((desk) => desk.sites.find((one) => one.id === rule.siteId))
  const me = useDeskState((desk) => desk.me.name)
  const { name, email, page } = examples[locale]
  const words = wordsOf({
    'visitor.name': name,
    'visitor.email': email,
    'page.title': page,
    'site.name': site?.name ?? '',
    'agent.name': me,
  })
  const said = sayIn(rule, locale, words)
  return (
    <figure class="preview">
      <figcaption>
        {t('previewIn', { name })} <span lang={locale}>{languageNames[locale]}</span>
      </figcaption>
      <div class="preview-bubble" data-kind={said.action?.kind} dir={direction(locale)} lang={locale}>
        {said.event ? (
          <code dir="ltr">{`ahlan:${said.event.name}`}</code>
        ) : (
          <>
            <p class="preview-from">
              <bdi>{site?.name}</bdi>
            </p>
            <p dir={said.text.trim() ? 'auto' : undefined}>{said.text.trim() || '…'}</p>
            <Offered said={said} locale={locale} />
          </>
        )}
      </div>
    </figure>
  )
}

/** As the chat says it. */
const replies: Record<Locale, { reply: string; dismiss: string; skip: string; send: string }> = {
  en: { reply: 'Reply', dismiss: 'Dismiss', skip: 'Skip', send: 'Send' },
  ar: { reply: 'رد', dismiss: 'لا، شكراً', skip: 'تخطٍّ', send: 'إرسال' },
  fa: { reply: 'پاسخ', dismiss: 'نه، ممنون', skip: 'رد شدن', send: 'بفرست' },
}

function Offered({ said: { action }, locale }: { said: Said; locale: Locale }) {
  const { reply, dismiss, skip, send } = replies[locale]
  if (!action) return <PreviewButtons labels={[reply, dismiss]} />
  switch (action.kind) {
    case 'open':
      return <span class="preview-field">…</span>
    case 'buttons':
      return <PreviewButtons labels={[...action.buttons.map(({ text }) => text), dismiss]} />
    case 'form':
      return (
        <>
          {action.fields.map(({ text, required }, i) => (
            <span key={`field ${i}`} class="preview-field">
              {text || '…'}
              {required && ' *'}
            </span>
          ))}
          <PreviewButtons labels={[action.send || send, dismiss]} />
        </>
      )
    case 'banner':
      return <PreviewButtons labels={[...(action.link ? [action.link.text] : []), dismiss]} />
    case 'survey':
      return (
        <>
          <Scale survey={action} locale={locale} />
          <PreviewButtons labels={[skip]} />
        </>
      )
  }
}

const PreviewButtons = ({ labels }: { labels: readonly string[] }) => (
  <p class="preview-buttons">
    {labels.map((label, i) => (
      <span key={`${label} ${i}`} class="preview-button">
        {label || '…'}
      </span>
    ))}
  </p>
)

const mouths = ['M8 17q4-5 8 0', 'M8 16.5q4-3 8 0', 'M8 16h8', 'M8 15q4 3 8 0', 'M8 14q4 6 8 0']

/** Drawn, as in the chat: not every device has a font for it. */
const Face = ({ mouth }: { mouth: string }) => (
  <svg viewBox="0 0 24 24" width={24} height={24} aria-hidden="true">
    <path d={`M2.5 12a9.5 9.5 0 1 0 19 0a9.5 9.5 0 1 0-19 0M9 9.3v.7M15 9.3v.7${mouth}`} />
  </svg>
)

const Scale = ({ survey, locale }: { survey: Extract<Offer, { kind: 'survey' }>; locale: Locale }) => (
  <>
    <p class="preview-buttons">
      {survey.scale === 'faces'
        ? mouths.map((mouth) => (
            <span key={mouth} class="preview-mark">
              <Face mouth={mouth} />
            </span>
          ))
        : Array.from({ length: 11 }, (_, n) => (
            <span key={n} class="preview-mark">
              {n.toLocaleString(formatTag(locale))}
            </span>
          ))}
    </p>
    <p class="preview-ends">
      <span>{survey.low}</span>
      <span>{survey.high}</span>
    </p>
  </>
)
