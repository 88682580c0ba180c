import type { Journeys, PageFigures } from '../../shared/metrics/journeys/question.ts'
import { useWords } from '../ui/context.tsx'
import { countAndShare, duration, figure, share } from '../ui/format.ts'
import type { Words } from '../ui/words.ts'
import { Defined } from './definition.tsx'
import { Bar } from './distribution.tsx'
import { known } from './journeys-stages.tsx'
import { type Column, Sortable } from './sortable.tsx'

const drawn = 10

const Path = ({ page }: { page: string }) => <bdi dir="ltr">{page}</bdi>

/** Where visitors were, for how long, and where they left; a table whose bars are for the eye. */
export function MostLooked({ pages }: { pages: readonly PageFigures[] }) {
  const words = useWords()
  const { t } = words
  const most = Math.max(1, ...pages.map(({ views }) => views))
  return (
    <section class="card" aria-labelledby="journey-pages">
      <h2 id="journey-pages">
        <Defined measure="journey.exit">{t('journeyMostLooked')}</Defined>
      </h2>
      <table class="bars journey-pages" aria-labelledby="journey-pages">
        <tbody>
          {pages.slice(0, drawn).map(({ siteId, page, views, exits }) => (
            <tr key={`${siteId} ${page}`}>
              <th scope="row">
                <Path page={page} />
              </th>
              <td class="bar-cell" aria-hidden="true">
                <Bar part={views / most} />
              </td>
              <td class="number">{figure(words, views)}</td>
              <td class="quiet-words">{`${t('journeyExit')}: ${known(words, exits.share)}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <details class="behind">
        <summary>{t('showTable')}</summary>
        <Sortable
          label={t('journeyMostLooked')}
          rows={pages}
          keyOf={({ siteId, page }) => `${siteId} ${page}`}
          columns={pageColumns(words)}
          begin="views"
        />
      </details>
    </section>
  )
}

function pageColumns(words: Words): [Column<PageFigures>, ...Column<PageFigures>[]] {
  const { t } = words
  return [
    { id: 'page', name: t('journeyPage'), by: ({ page }) => page, cell: ({ page }) => <Path page={page} /> },
    {
      ...{ id: 'views', name: t('journeyViews') },
      by: ({ views }) => views,
      cell: ({ views }) => figure(words, views),
    },
    {
      ...{ id: 'entries', name: t('journeyEntries') },
      by: ({ entries }) => entries,
      cell: ({ entries }) => figure(words, entries),
    },
    {
      ...{ id: 'exits', name: t('journeyExit'), means: { measure: 'journey.exit' } },
      by: ({ exits }) => exits.share,
      cell: ({ exits }) => countAndShare(words, exits),
    },
    {
      ...{ id: 'time', name: t('journeyTimeOnPage'), means: { measure: 'journey.timeOnPage' } },
      by: ({ time }) => time.p50,
      cell: ({ time }) => (time.p50 === null ? '–' : duration(words, time.p50)),
    },
  ]
}

/** How many pages it takes until somebody writes, and on which they do. */
export function BeforeChat({ beforeChat }: Pick<Journeys, 'beforeChat'>) {
  const words = useWords()
  const { t, count } = words
  const { n, p50, distribution, lastPages } = beforeChat
  const last = distribution.findLast(({ upTo }) => upTo !== null)?.upTo ?? 0
  return (
    <section class="card" aria-labelledby="journey-before-chat">
      <h2 id="journey-before-chat">
        <Defined measure="journey.pagesBeforeChat">{t('journeyBeforeChat')}</Defined>
      </h2>
      {p50 === null ? (
        <p class="not-enough">{t('notEnoughData')}</p>
      ) : (
        <div class="charts">
          <div>
            <p class="measure-n">{`${t('median')}: ${count('journeyBeforeChatCount', p50)}`}</p>
            <table class="bars" aria-labelledby="journey-before-chat">
              <tbody>
                {distribution.map(({ upTo, n: chats }) => (
                  <tr key={upTo}>
                    <th scope="row">
                      {upTo === null ? t('journeyMorePages', { n: last }) : count('journeyUpToPages', upTo)}
                    </th>
                    <td class="bar-cell" aria-hidden="true">
                      <Bar part={chats / n} />
                    </td>
                    <td class="number">{figure(words, chats)}</td>
                    <td class="number quiet-words">{share(words, chats / n)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <LastPages lastPages={lastPages} />
        </div>
      )}
    </section>
  )
}

function LastPages({ lastPages }: Pick<Journeys['beforeChat'], 'lastPages'>) {
  const words = useWords()
  const most = Math.max(1, ...lastPages.map(({ n }) => n))
  return (
    <div>
      <p class="measure-n" id="journey-last-pages">
        {words.t('journeyLastPages')}
      </p>
      <table class="bars journey-pages" aria-labelledby="journey-last-pages">
        <tbody>
          {lastPages.map(({ siteId, page, n }) => (
            <tr key={`${siteId} ${page}`}>
              <th scope="row">
                <Path page={page} />
              </th>
              <td class="bar-cell" aria-hidden="true">
                <Bar part={n / most} />
              </td>
              <td class="number">{figure(words, n)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
