import type { ComponentChildren } from 'preact'
import type { LiveVisitor } from '../../shared/visitor.ts'
import { useWords } from '../ui/context.tsx'
import { dayAndTime, roughly, share } from '../ui/format.ts'
import { Icon } from '../ui/icons.tsx'
import { languageOf } from '../ui/language-names.ts'
import { hostOf, pathOf } from '../ui/person.ts'
import type { TextKey } from '../ui/words.ts'
import { PanelPart } from './panel-part.tsx'
import { InSegments, Score } from './score.tsx'

/** What is known of this visit; what nobody has told is left out. */
export const VisitFacts = ({ visit }: { visit: LiveVisitor }) => (
  <>
    <Score score={visit.score} />
    <InSegments siteId={visit.siteId} segments={visit.segments} />
    <PanelPart title="thisVisit">
      <dl class="facts">
        <Place visit={visit} />
        <Use visit={visit} />
        <Coming visit={visit} />
      </dl>
    </PanelPart>
  </>
)

function Place({ visit }: { visit: LiveVisitor }) {
  const words = useWords()
  const { t } = words
  const { device, browser, language, locale, timeZone, country } = visit
  return (
    <>
      <Fact name="factDevice">
        <span class="with-icon">
          <Icon name={device} size={14} />
          <bdi>{browser || t(device)}</bdi>
        </span>
      </Fact>
      <Fact name="factLanguage">
        <bdi>{languageOf(words, language ?? locale)}</bdi>
      </Fact>
      {timeZone && (
        <Fact name="factTimeZone">
          <bdi dir="ltr">{timeZone.replaceAll('_', ' ')}</bdi>
        </Fact>
      )}
      {country && (
        <Fact name="factCountry">
          <bdi>{new Intl.DisplayNames(words.tag, { type: 'region' }).of(country) ?? country}</bdi>
        </Fact>
      )}
    </>
  )
}

function Use({ visit }: { visit: LiveVisitor }) {
  const words = useWords()
  const { engagedMs, scroll, visits, firstSeenAt } = visit
  return (
    <>
      <Fact name="factVisits">{words.count('nthVisit', visits ?? 1)}</Fact>
      {firstSeenAt !== undefined && <Fact name="factFirstSeen">{dayAndTime(words, firstSeenAt)}</Fact>}
      {engagedMs !== undefined && <Fact name="factEngaged">{roughly(words, engagedMs)}</Fact>}
      {scroll !== undefined && <Fact name="factScroll">{share(words, scroll / 100)}</Fact>}
    </>
  )
}

function Coming({ visit: { landing, utm = {}, startedAt } }: { visit: LiveVisitor }) {
  const words = useWords()
  return (
    <>
      <Fact name="factCameFrom">
        {landing.referrer ? <bdi dir="ltr">{hostOf(landing.referrer)}</bdi> : words.t('cameDirectly')}
      </Fact>
      {Object.entries(utm).map(([field, value]) => (
        <Fact key={field} name={campaign[field] ?? 'factCampaign'}>
          <bdi>{value}</bdi>
        </Fact>
      ))}
      <Fact name="factLanding">
        <bdi dir="ltr" title={landing.url}>
          {pathOf(landing.url)}
        </bdi>
      </Fact>
      <Fact name="factSince">{dayAndTime(words, startedAt)}</Fact>
    </>
  )
}

const campaign: Readonly<Record<string, TextKey>> = {
  source: 'factSource',
  medium: 'factMedium',
  campaign: 'factCampaign',
  term: 'factTerm',
  content: 'factContent',
}

const Fact = ({ name, children }: { name: TextKey; children: ComponentChildren }) => (
  <div>
    <dt>{useWords().t(name)}</dt>
    <dd>{children}</dd>
  </div>
)

export const Tags = ({ tags }: { tags: readonly string[] }) =>
  tags.length === 0 ? null : (
    <PanelPart title="tags">
      <p class="tags">
        {tags.map((tag) => (
          <bdi key={tag} class="tag">
            {tag}
          </bdi>
        ))}
      </p>
    </PanelPart>
  )

export function Attributes({ attributes }: { attributes: Record<string, string | number | boolean> }) {
  const entries = Object.entries(attributes)
  if (entries.length === 0) return null
  return (
    <PanelPart title="attributes">
      <dl class="facts">
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt>
              <bdi>{name}</bdi>
            </dt>
            <dd>
              <bdi>{String(value)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </PanelPart>
  )
}
