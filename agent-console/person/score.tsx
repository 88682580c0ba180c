import type { SiteId } from '../../shared/ids.ts'
import { limits } from '../../shared/limits.ts'
import type { Segment } from '../../shared/triggers/segments.ts'
import type { LiveScore, LiveVisitor } from '../../shared/visitor.ts'
import { everyPage } from '../connection/api.ts'
import { useDeskState, useSurroundings, useWords } from '../ui/context.tsx'
import { ago, figure } from '../ui/format.ts'
import { useLoaded } from '../ui/hooks.tsx'
import type { Words } from '../ui/words.ts'
import { PanelPart } from './panel-part.tsx'

/** Lately enough to be now. */
const justNow = 60_000

const signed = ({ tag }: Words, points: number): string =>
  new Intl.NumberFormat(tag, { signDisplay: 'always' }).format(points)

/** Each reason in words, what weighs most first; of very many what the others come to, so that it adds up. */
export function scoreReasons(words: Words, { points: sum, reasons }: LiveScore, now: number): string[] {
  const others = sum - reasons.reduce((total, { left }) => total + left, 0)
  const isCut = reasons.length >= limits.reasonsInRoster && others !== 0
  const told = reasons.map(({ name, points, left, at }) => {
    const said = { points: signed(words, points), name: `\u2068${name}\u2069` }
    if (now - at < justNow) return words.t('scoreReasonFresh', said)
    return words.t('scoreReasonNow', { ...said, ago: ago(words, at, now), left: figure(words, left) })
  })
  return isCut ? [...told, words.t('scoreOthers', { points: signed(words, others) })] : told
}

/** How promising they are, and why. */
export function Score({ score }: { score: LiveScore | undefined }) {
  const words = useWords()
  if (!score) return null
  return (
    <PanelPart title="leadScore">
      <p class="score-now">{words.t('scoreNow', { points: figure(words, score.points) })}</p>
      <ul class="score-reasons">
        {scoreReasons(words, score, Date.now()).map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </PanelPart>
  )
}

/** The segments they belong to, by the names these have now. */
export const InSegments = ({ siteId, segments = [] }: Pick<LiveVisitor, 'siteId' | 'segments'>) =>
  segments.length === 0 ? null : (
    <PanelPart title="segments">
      <Named siteId={siteId} segments={segments} />
    </PanelPart>
  )

function Named({ siteId, segments }: { siteId: SiteId; segments: readonly string[] }) {
  const { api } = useSurroundings()
  const version = useDeskState((desk) => desk.workspaceVersion)
  const { value } = useLoaded(`segments ${siteId} ${version}`, () =>
    everyPage<Segment>(api, '/segments', { site: siteId }),
  )
  const names = new Map(value?.items.map(({ id, name }) => [id, name]))
  return (
    <p class="tags">
      {segments.map((segment) => (
        <bdi key={segment} class="tag">
          {names.get(segment) ?? segment}
        </bdi>
      ))}
    </p>
  )
}
