import { JourneyCard } from './journey-card.tsx'
import { ScoreCard } from './score-card.tsx'
import { SegmentsCard } from './segments-card.tsx'
import { OfSite } from './which-site.tsx'

/** By what visitors are sorted. */
export const SortingSection = () => (
  <OfSite>
    {(site, again) => (
      <>
        <SegmentsCard key={site.id} siteId={site.id} />
        <ScoreCard key={`score ${site.id}`} siteId={site.id} />
        <JourneyCard key={`journey ${site.id}`} site={site} onSaved={again} />
      </>
    )}
  </OfSite>
)
