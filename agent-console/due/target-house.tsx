import { type ComponentChildren, createContext } from 'preact'
import { useContext, useEffect, useRef } from 'preact/hooks'
import type { TargetHouse } from '../../shared/dues.ts'
import type { Calendar, Team } from '../../shared/house.ts'
import { type Result, success } from '../../shared/result.ts'
import type { Target } from '../../shared/targets.ts'
import type { Site } from '../../shared/workspace.ts'
import { type Api, everyPage } from '../connection/api.ts'
import { useDesk, useDeskState, useSurroundings } from '../ui/context.tsx'
import { useLoaded } from '../ui/hooks.tsx'

const Known = createContext<TargetHouse | null>(null)

const retryAfter = 5_000

/** What decides when things are due, for all screens: asked for anew when the settings change, and until it is here. */
export function ProvideTargets({ children }: { children: ComponentChildren }) {
  const { api } = useSurroundings()
  const { clock } = useDesk().device
  const version = useDeskState((desk) => desk.workspaceVersion)
  const ready = useDeskState((desk) => desk.ready)
  const loaded = useLoaded(`targets ${ready} ${version}`, () => (ready ? readHouse(api) : nothingYet))
  useEffect(() => (loaded.failed ? clock.after(retryAfter, loaded.again) : undefined), [loaded.failed])
  return <Known.Provider value={useUnlessSame(loaded.value)}>{children}</Known.Provider>
}

/** Most changes of the settings decide nothing of it; whatever was worked out by it then stays. */
function useUnlessSame(house: TargetHouse | null): TargetHouse | null {
  const held = useRef({ house, json: '' })
  const json = JSON.stringify(house)
  if (json !== held.current.json) held.current = { house, json }
  return held.current.house
}

/** Null until it is here. */
export const useTargetHouse = (): TargetHouse | null => useContext(Known)

const nothingYet = Promise.resolve(success(null))

async function readHouse(api: Api): Promise<Result<TargetHouse | null>> {
  const [targets, teams, calendars, sites] = await Promise.all([
    api.get<{ targets: Target[] }>('/targets'),
    everyPage<Team>(api, '/teams'),
    everyPage<Calendar>(api, '/calendars'),
    everyPage<Site>(api, '/sites'),
  ])
  for (const answer of [targets, teams, calendars, sites]) if (!answer.ok) return answer
  if (!targets.ok || !teams.ok || !calendars.ok || !sites.ok) return success(null)
  return success({
    targets: targets.value?.targets ?? [],
    teams: teams.value?.items ?? [],
    calendars: calendars.value?.items ?? [],
    sites: sites.value?.items ?? [],
  })
}
