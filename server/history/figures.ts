import type { SiteId } from '../../shared/ids.ts'
import type { Agents } from '../../shared/metrics/agents.ts'
import type { ReportQuestion, TurnsWanted } from '../../shared/metrics/asked.ts'
import type { CasesWanted } from '../../shared/metrics/case-figures.ts'
import type { JourneyQuestion, Journeys } from '../../shared/metrics/journeys/question.ts'
import type { Case } from '../../shared/metrics/opened-case.ts'
import type { Overview } from '../../shared/metrics/overview.ts'
import type { ResponseTimes } from '../../shared/metrics/response-times.ts'
import type { Said } from '../../shared/metrics/satisfaction.ts'
import type { StaffedHour } from '../../shared/metrics/staffing.ts'
import type { TurnInPieces } from '../../shared/metrics/turn-list.ts'
import type { Volume } from '../../shared/metrics/volume.ts'
import type { FirstReply } from '../../shared/promise/promise.ts'

/** A part of a list. */
export interface Part {
  limit: number
  /** From the part before. */
  cursor?: string | undefined
}

export interface TurnsPage {
  items: TurnInPieces[]
  nextCursor: string | null
  /** Of all parts together. */
  total: number
}

export interface CasesPage {
  items: Case[]
  nextCursor: string | null
  /** Of all parts together. */
  total: number
  /** How much of the figure they all are; told with the first part. */
  amount: number | null
}

/** How long a visitor waited, or waits, for their first reply; where nobody took them away before. */
export type SiteReply = FirstReply & { siteId: SiteId }

/** What is kept in memory for reports. */
export interface Remembered {
  /**
   * Lets go of whatever is not in the store any more as it was read: of who was erased, and of who withdrew their
   * consent and was packed anew. Answers how many bytes are kept still.
   */
  forget(): Promise<number>
}

/** The reports, each made whole where the ledger lies: what comes back is as small as its answer. */
export interface Figures {
  responseTimes(question: ReportQuestion): Promise<ResponseTimes>
  satisfaction(question: ReportQuestion): Promise<Said>
  volume(question: ReportQuestion): Promise<Volume>
  /** Each agent by what they owned alone. */
  agents(question: ReportQuestion): Promise<Agents>
  /** The headline of each of the others. */
  overview(question: ReportQuestion): Promise<Overview>
  /** The turns behind a figure, latest first. */
  turns(question: ReportQuestion, wanted: TurnsWanted, part: Part): Promise<TurnsPage>
  /** What a figure counts, latest first: whatever it says can be worked out from these. */
  cases(question: ReportQuestion, wanted: CasesWanted, part: Part): Promise<CasesPage>
  staffing(question: ReportQuestion): Promise<{ hours: StaffedHour[] }>
  /** How far visitors came, whether they came back, and what they looked at; of those who consented. */
  journeys(question: JourneyQuestion): Promise<Journeys>
  /** Of whom opened a first turn in the period; who left or was closed without a reply says nothing of how long one takes. */
  firstReplies(asked: Pick<ReportQuestion, 'from' | 'to' | 'now'>): Promise<SiteReply[]>
}
