import type { JourneyGroup, Journeys, PageFigures } from '../../../shared/metrics/journeys/question.ts'
import type { Cell } from '../csv.ts'

type Named = readonly (readonly [figure: string, value: Cell])[]

/** One table: each figure by its name in the JSON, in the list it stands in, with what it is of. */
export function journeyRows(report: Journeys): Cell[][] {
  const { totals, stages, groups, pages, allPages, beforeChat, returned, cohorts, churn, series } = report
  const { distribution, lastPages, ...before } = beforeChat
  return [
    ['part', 'of', 'figure', 'value', 'site'],
    ...rows('totals', '', flat(totals)),
    ...stages.flatMap(({ stage, ...figures }) => rows('stages', stage, flat(figures))),
    ...rows('returned', '', flat(returned)),
    ...cohorts.flatMap(({ week, ...figures }) => rows('cohorts', week, flat(figures))),
    ...groups.flatMap(groupRows),
    ...(churn ?? []).flatMap(({ segment, ...figures }) => rows('churn', segment, flat(figures))),
    ...rows('allPages', '', flat(allPages)),
    ...pages.flatMap(pageRows),
    ...rows('beforeChat', '', flat(before)),
    ...distribution.flatMap(({ upTo, n }) => rows('beforeChat', `up to ${upTo ?? 'more'}`, [['n', n]])),
    ...lastPages.flatMap(({ siteId, page, n }) => rows('lastPages', page, [['n', n]], siteId)),
    ...series.flatMap(({ day, ...figures }) => rows('series', day, flat(figures))),
  ]
}

const groupRows = ({ by, key, ...figures }: JourneyGroup): Cell[][] =>
  rows('groups', `${by} ${key}`, flat(figures))

const pageRows = ({ siteId, page, ...figures }: PageFigures): Cell[][] =>
  rows('pages', page, flat(figures), siteId)

const rows = (part: string, of: string, figures: Named, site: string | null = null): Cell[][] =>
  figures.map(([figure, value]) => [part, of, figure, value, site])

const flat = (value: object, prefix = ''): Named =>
  Object.entries(value).flatMap(
    ([name, one]): Named =>
      typeof one === 'object' && one !== null ? flat(one, `${prefix}${name}.`) : [[`${prefix}${name}`, one]],
  )
