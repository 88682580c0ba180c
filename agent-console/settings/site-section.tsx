import { useMayConfigure } from '../ui/context.tsx'
import { AskWhy } from './ask-why.tsx'
import { OwnBrowser } from './own-browser.tsx'
import { SiteForm } from './site-form.tsx'
import { Snippet } from './snippet.tsx'
import { OfSite } from './which-site.tsx'

/** What to paste into the pages, and how the chat looks there. */
export function SiteSection() {
  const mayConfigure = useMayConfigure()
  return (
    <OfSite>
      {(site, again) => (
        <>
          <Snippet siteKey={site.key} />
          {mayConfigure && <SiteForm key={site.id} site={site} onSaved={again} />}
          <OwnBrowser key={`own ${site.id}`} site={site} />
          {mayConfigure && <AskWhy key={`why ${site.id}`} siteId={site.id} />}
        </>
      )}
    </OfSite>
  )
}
