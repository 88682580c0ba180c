import { useState } from 'preact/hooks'
import { useMayConfigure, useWords } from '../ui/context.tsx'
import { Page } from '../ui/page.tsx'
import { Choices } from '../ui/parts.tsx'
import { AgentsSection } from './agents-section.tsx'
import { HouseSection } from './house-section.tsx'
import { SiteSection } from './site-section.tsx'
import { SortingSection } from './sorting-section.tsx'
import { SystemSection } from './system-section.tsx'
import { YouSection } from './you-section.tsx'

type Section = 'site' | 'sorting' | 'agents' | 'house' | 'system' | 'you'

const forAdministrators: ReadonlySet<Section> = new Set(['sorting', 'agents', 'house', 'system'])

export function SettingsScreen({ onSignOut }: { onSignOut: () => void }) {
  const { t } = useWords()
  const mayConfigure = useMayConfigure()
  const [section, setSection] = useState<Section>('site')
  const all: readonly Section[] = ['site', 'sorting', 'agents', 'house', 'system', 'you']
  const sections = mayConfigure ? all : all.filter((one) => !forAdministrators.has(one))
  const names = {
    ...{ site: t('site'), sorting: t('sorting'), agents: t('agents') },
    ...{ house: t('houseTab'), system: t('system'), you: t('yourself') },
  }
  return (
    <Page
      title={t('settings')}
      actions={
        <Choices
          name={t('settings')}
          value={section}
          onChange={setSection}
          choices={sections.map((value) => ({ value, label: names[value] }))}
        />
      }
    >
      {section === 'site' && <SiteSection />}
      {section === 'sorting' && <SortingSection />}
      {section === 'house' && <HouseSection />}
      {section === 'agents' && <AgentsSection />}
      {section === 'system' && <SystemSection />}
      {section === 'you' && <YouSection onSignOut={onSignOut} />}
    </Page>
  )
}
