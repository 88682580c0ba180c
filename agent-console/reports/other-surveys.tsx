import type { AskCounts } from '../../shared/metrics/ask-tally.ts'
import type { AskFigure } from '../../shared/metrics/case-figures.ts'
import type { SatisfactionReport } from '../../shared/metrics/satisfaction.ts'
import type { NpsResult, Share, SurveyResult } from '../../shared/metrics/surveys.ts'
import { useWords } from '../ui/context.tsx'
import { figure, share } from '../ui/format.ts'
import type { TextKey, Words } from '../ui/words.ts'
import type { Compared } from './answers.ts'
import { Defined } from './definition.tsx'
import { Bar } from './distribution.tsx'
import { enoughRatings, shownShare } from './figures.ts'
import { Change, Value } from './headline.tsx'
import { Opened } from './opened.tsx'
import { casesHref } from './opens.ts'
import { useScope } from './report-scope.tsx'

type Kind = 'nps' | 'ces' | 'goal' | 'emotion'
const kinds: readonly { kind: Kind; name: TextKey }[] = [
  { kind: 'ces', name: 'cesName' },
  { kind: 'goal', name: 'goalName' },
  { kind: 'emotion', name: 'emotionName' },
  { kind: 'nps', name: 'npsName' },
]

/** What was asked besides the rating; what was never asked does not stand here. */
export function OtherSurveysSection({ report }: { report: Compared<SatisfactionReport> }) {
  const asked = kinds.filter(({ kind }) => report[kind].shown > 0)
  if (asked.length === 0) return null
  return (
    <div class="measures">
      {asked.map(({ kind, name }) => (
        <Card
          key={kind}
          kind={kind}
          name={name}
          result={report[kind]}
          before={report.before?.[kind]?.score}
        />
      ))}
    </div>
  )
}

interface CardProps {
  kind: Kind
  name: TextKey
  result: SurveyResult | NpsResult
  before: number | null | undefined
}

function Card({ kind, name, result, before }: CardProps) {
  const words = useWords()
  const { view } = useScope()
  const { t, count } = words
  const grey = result.answered < enoughRatings
  const score = shownShare(words, result.score)
  const points = 'promoters' in result && result.score !== null
  const note = 'low' in result ? interval(words, result) : null
  return (
    <section class="card measure" aria-label={t(name)}>
      <h2>
        <Defined measure={kind}>{t(name)}</Defined>
      </h2>
      <p class={grey ? 'measure-value grey' : 'measure-value'}>
        <Value
          shown={
            points
              ? { known: true, text: t('npsPoints', { points: Math.round((result.score ?? 0) * 100) }) }
              : score
          }
          href={casesHref(view, kind)}
        />
        {note && <span class="measure-note">{note}</span>}
      </p>
      <p class="measure-n">
        <Opened figure={kind} n={result.answered}>
          {count('ofAnswers', result.answered)}
        </Opened>
      </p>
      <Change now={result.score} before={before} kind="share" better="more" />
      {grey && result.answered > 0 && <p class="measure-few">{t('fewRatings')}</p>}
      <dl class="figures">
        {'promoters' in result && <Part name="promoters" result={result} />}
        {'detractors' in result && <Part name="detractors" result={result} />}
        {result.mean !== null && (
          <Mean kind={kind} n={result.answered} mean={figure(words, result.mean, 1)} />
        )}
        <Reached kind={kind} counts={result} />
      </dl>
      <Answers kind={kind} result={result} />
    </section>
  )
}

const interval = (words: Words, { low, high }: Share): string | null =>
  low === null || high === null
    ? null
    : words.t('interval', { low: share(words, low), high: share(words, high) })

function Part({ name, result }: { name: 'promoters' | 'detractors'; result: NpsResult }) {
  const words = useWords()
  const part = result[name]
  if (part.score === null) return null
  return (
    <div>
      <dt>
        <Defined term={name}>{words.t(name)}</Defined>
      </dt>
      <dd>
        <Opened figure="nps" n={result.answered} name={words.t(name)}>
          {share(words, part.score)}
        </Opened>
        <span class="measure-note">{interval(words, part)}</span>
      </dd>
    </div>
  )
}

interface ReachedProps {
  kind: AskFigure
  counts: Pick<AskCounts, 'responseRate' | 'coverage' | 'shown' | 'episodes'>
}

/** How many of those asked have answered, and how many of all were asked; each leads to those it is a share of. */
export function Reached({ kind, counts: { responseRate, coverage, shown, episodes } }: ReachedProps) {
  const words = useWords()
  const both = [
    { name: 'responseRate', value: responseRate, state: 'shown', n: shown },
    { name: 'coverage', value: coverage, state: 'closed', n: episodes },
  ] as const
  return (
    <>
      {both.map(
        ({ name, value, state, n }) =>
          value !== null && (
            <div key={name}>
              <dt>
                <Defined term={name}>{words.t(name)}</Defined>
              </dt>
              <dd>
                <Opened figure={kind} of={{ state }} n={n} name={words.t(name)}>
                  {share(words, value)}
                </Opened>
              </dd>
            </div>
          ),
      )}
    </>
  )
}

export function Mean({ kind, n, mean }: { kind: AskFigure; n: number; mean: string }) {
  const { t } = useWords()
  return (
    <div>
      <dt>
        <Defined term="meanRating">{t('mean')}</Defined>
      </dt>
      <dd>
        <Opened figure={kind} n={n} name={t('mean')}>
          {mean}
        </Opened>
      </dd>
    </div>
  )
}

const goals: Record<string, number> = { no: 0, partly: 1, yes: 2 }

function Answers({ kind, result }: { kind: Kind; result: SurveyResult | NpsResult }) {
  const words = useWords()
  if (result.answered === 0) return null
  const nameOf = (key: string): string => {
    const goal = goals[key]
    return goal === undefined ? figure(words, Number(key)) : words.t(goalWords[goal] ?? 'goalNo')
  }
  return (
    <table class="bars" aria-label={words.t('answersGiven')}>
      <tbody>
        {Object.entries(result.distribution)
          .toReversed()
          .map(([key, n]) => (
            <tr key={`${kind} ${key}`}>
              <th scope="row">{nameOf(key)}</th>
              <td class="bar-cell" aria-hidden="true">
                <Bar part={n / result.answered} />
              </td>
              <td class="number">
                <Opened figure={kind} of={{ answer: answerOf(key) }} n={n} name={nameOf(key)} />
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  )
}

/** As a number on its scale. */
const answerOf = (key: string): string => {
  const goal = goals[key]
  return goal === undefined ? key : `${goal + 1}`
}

const goalWords: readonly TextKey[] = ['goalNo', 'goalPartly', 'goalYes']
