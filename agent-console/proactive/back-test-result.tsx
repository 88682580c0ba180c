import type { ComponentChildren } from 'preact'
import type { BackTest, Rival } from '../../shared/triggers/past/back-test.ts'
import { useWords } from '../ui/context.tsx'
import { dayAndTime, figure } from '../ui/format.ts'
import type { PluralKey, TextKey, Words } from '../ui/words.ts'
import type { Asked } from './back-test-asked.ts'
import { Hours } from './back-test-hours.tsx'
import { Visits } from './back-test-visits.tsx'
import { assumptionTexts, sayFact, sayFacts } from './back-test-words.ts'

interface ResultProps {
  asked: Asked
  result: BackTest
  /** As it was chosen. */
  period: string
}

/** What it came to in a sentence first, then where, when, beside whom, and what nobody knows. */
export function Result({ asked, result, period }: ResultProps) {
  const { t } = useWords()
  if (result.visits === 0) return <p class="past-nothing">{t('pastNothing')}</p>
  return (
    <div class="past-result">
      <Sentence result={result} period={period} />
      <Others result={result} />
      {result.byPage.length > 0 && <Pages result={result} />}
      {result.reached.visits > 0 && <Hours byHour={result.byHour} />}
      <Rivals result={result} />
      <Missing result={result} />
      {result.sample.length > 0 && (
        <Part title="pastSample">
          <Visits asked={asked} result={result} />
        </Part>
      )}
      <Assumes result={result} />
    </div>
  )
}

/** The fewer there are, the more the parts matter. */
function perDay(words: Words, key: PluralKey, n: number): string {
  const parts = n < 1 ? 100 : n < 10 ? 10 : 1
  return words.count(key, Math.round(n * parts) / parts)
}

function sayFirst(words: Words, { reached, undecided, load }: BackTest): string {
  const { t, count } = words
  if (reached.visits > 0)
    return t('pastReached', {
      visitors: count('pastVisitors', reached.visitors),
      visits: count('pastVisits', reached.visits),
      messages: perDay(words, 'pastMessages', load.perDay),
    })
  if (undecided.visits === 0) return t('pastReachedNobody')
  return t('pastCannotSay', { visits: count('pastVisits', undecided.visits) })
}

function Sentence({ result, period }: { result: BackTest; period: string }) {
  const words = useWords()
  const { t, count } = words
  const { visits, visitors } = result
  return (
    <div class="past-sentence" role="status">
      <p class="past-first">{sayFirst(words, result)}</p>
      <p>
        {t('pastOf', {
          visits: count('pastVisits', visits),
          visitors: count('pastVisitors', visitors),
          period,
        })}
        {result.isCut && ` ${t('pastCut', { time: dayAndTime(words, result.from) })}`}
        {result.leftOut > 0 && ` ${count('pastLeftOut', result.leftOut)}`}
      </p>
      <LoadLine result={result} />
    </div>
  )
}

function LoadLine({ result: { load, reached } }: { result: BackTest }) {
  const words = useWords()
  const { t, count } = words
  const { busiest, replied, perDay: messages, chatsPerDay } = load
  if (!busiest || reached.visits === 0) return null
  return (
    <p>
      {t('pastBusiest', {
        messages: count('pastMessages', busiest.messages),
        time: dayAndTime(words, busiest.at),
      })}{' '}
      {replied && chatsPerDay !== null
        ? t('pastReplies', {
            shown: count('pastMessages', replied.shown),
            replied: figure(words, replied.replied),
            chats: perDay(words, 'pastChats', chatsPerDay),
          })
        : t('pastIfAll', { chats: perDay(words, 'pastChats', messages) })}
    </p>
  )
}

function Others({ result }: { result: BackTest }) {
  const words = useWords()
  const { heldOut, lost, undecided, heldBack } = result
  const held = heldBack.reduce((sum, { visits }) => sum + visits, 0)
  const every: [TextKey, number][] = [
    ['pastHeldOut', heldOut.visits],
    ['pastLost', lost.visits],
    ['pastHeldBack', held],
    ['pastUndecided', undecided.visits],
  ]
  const all = every.filter(([, visits]) => visits > 0)
  if (all.length === 0) return null
  return (
    <dl class="past-others">
      {all.map(([text, visits]) => (
        <div key={text}>
          <dt>{words.t(text)}</dt>
          <dd>{words.count('pastVisits', visits)}</dd>
        </div>
      ))}
    </dl>
  )
}

const Part = ({ title, children }: { title: TextKey; children: ComponentChildren }) => (
  <section class="past-part">
    <h3>{useWords().t(title)}</h3>
    {children}
  </section>
)

function Pages({ result: { byPage, otherPages } }: { result: BackTest }) {
  const words = useWords()
  const most = Math.max(...byPage.map(({ visits }) => visits), 1)
  return (
    <Part title="pastPages">
      <table class="bars" aria-label={words.t('pastPages')}>
        <tbody>
          {byPage.map(({ page, visits }) => (
            <tr key={page}>
              <th scope="row" class="past-page">
                <bdi dir="ltr" title={page}>
                  {page}
                </bdi>
              </th>
              <td class="bar-cell" aria-hidden="true">
                <span class="bar">
                  <span class="bar-fill" style={{ inlineSize: `${(visits / most) * 100}%` }} />
                </span>
              </td>
              <td class="number">{figure(words, visits)}</td>
            </tr>
          ))}
          {otherPages > 0 && (
            <tr>
              <th scope="row">{words.t('pastOtherPages')}</th>
              <td class="bar-cell" />
              <td class="number">{figure(words, otherPages)}</td>
            </tr>
          )}
        </tbody>
      </table>
    </Part>
  )
}

function Rivals({ result: { lostTo, beats, unplayed } }: { result: BackTest }) {
  const words = useWords()
  if (lostTo.length + beats.length + unplayed.length === 0) return null
  return (
    <Part title="pastRivals">
      {lostTo.length > 0 && <RivalList title={words.t('pastLostTo')} rivals={lostTo} />}
      {beats.length > 0 && <RivalList title={words.t('pastBeats')} rivals={beats} />}
      {unplayed.map((one) => (
        <RivalList
          key={one.ruleId}
          title={words.t('pastUnplayed', { facts: sayFacts(words, one.facts) })}
          rivals={[one]}
        />
      ))}
    </Part>
  )
}

function RivalList({ title, rivals }: { title: string; rivals: readonly Rival[] }) {
  const words = useWords()
  return (
    <>
      <h4>{title}</h4>
      <ul class="past-list">
        {rivals.map(({ ruleId, name, visits }) => (
          <li key={ruleId}>
            <bdi>{name}</bdi>
            <span class="quiet-words">{words.count('pastVisits', visits)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

function Missing({ result: { missing } }: { result: BackTest }) {
  const words = useWords()
  if (missing.length === 0) return null
  return (
    <Part title="pastMissing">
      <p class="quiet-words">{words.t('pastMissingAbout')}</p>
      <ul class="past-list">
        {missing.map(({ fact, visits }) => (
          <li key={fact}>
            <span>{sayFact(words, fact)}</span>
            <span class="quiet-words">{words.count('pastVisits', visits)}</span>
          </li>
        ))}
      </ul>
    </Part>
  )
}

function Assumes({ result: { assumes } }: { result: BackTest }) {
  const { t } = useWords()
  return (
    <details class="behind">
      <summary>{t('pastAssumes')}</summary>
      <ul class="past-assumes">
        {assumes.map((one) => (
          <li key={one}>{t(assumptionTexts[one])}</li>
        ))}
      </ul>
    </details>
  )
}
