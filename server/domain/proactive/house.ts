import type { OfficeHours } from '../../../shared/calendar/hours.ts'
import type { Workspace } from '../../workspace/workspace.ts'
import type { Agents } from '../domain.ts'
import type { FactsNeeds } from './proactive-facts.ts'
import type { QueueLength } from './proactive-queue.ts'

interface HouseNeeds {
  workspace: Pick<Workspace, 'read'>
  agents: Pick<Agents, 'somebodyCanAnswer' | 'colleagues' | 'statusOf'>
  queue: Pick<QueueLength, 'length'>
}

const noTeams: ReadonlySet<string> = new Set()
const noCalendars: ReadonlyMap<string, OfficeHours> = new Map()

/** Who is there, who waits, and at what hours: what rules ask of the house, whoever the visitor is. */
export class House {
  private read: readonly unknown[] | undefined
  private calendars = noCalendars

  constructor(private readonly needs: HouseNeeds) {}

  /** As it is now. The queue is counted only where somebody asks for it. */
  now(withQueue: boolean): FactsNeeds {
    const { agents, queue } = this.needs
    return {
      agents,
      queue: withQueue ? queue.length() : undefined,
      teamsOnline: this.teamsOnline(),
      calendars: this.calendarsNow(),
    }
  }

  private teamsOnline(): ReadonlySet<string> {
    const { teams } = this.needs.workspace.read()
    if (!teams?.length) return noTeams
    const isOnline = (id: (typeof teams)[number]['agents'][number]) =>
      this.needs.agents.statusOf(id) === 'online'
    return new Set(teams.filter((team) => team.agents.some(isOnline)).map(({ id }) => id))
  }

  private calendarsNow(): ReadonlyMap<string, OfficeHours> {
    const { calendars } = this.needs.workspace.read()
    if (calendars !== this.read) {
      this.read = calendars
      this.calendars = calendars ? new Map(calendars.map((one) => [one.id, one])) : noCalendars
    }
    return this.calendars
  }
}
