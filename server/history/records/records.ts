import type { AgentStateHistory } from '../agent-states.ts'
import { allFigures } from '../all-figures.ts'
import type { Engine } from '../engine.ts'
import type { ExposureHistory } from '../exposures.ts'
import type { Figures } from '../figures.ts'
import type { FileHistory } from '../files.ts'
import type { FollowUpHistory } from '../follow-ups.ts'
import type { ConversationHistory, SessionHistory, VisitHistory } from '../history.ts'
import { type JourneyRecords, journeyRecords } from '../journeys/keep.ts'
import { type LedgerRecords, ledgerRecords } from '../ledger/keep.ts'
import type { PastHistory } from '../past.ts'
import { agentStateRecords } from './agent-states.ts'
import type { Batch, Outcome } from './batch.ts'
import { conversationRecords } from './conversations.ts'
import { type ErasureRecords, erasureRecords } from './erasures.ts'
import { exposureRecords } from './exposures.ts'
import { fileRecords } from './files.ts'
import { followUpRecords } from './follow-up-rows.ts'
import { type JobRecords, jobRecords } from './jobs.ts'
import { recordedVisits } from './recorded-visits.ts'
import { sessionRecords } from './sessions.ts'
import { type VisitorRecords, visitorRecords } from './visitors.ts'
import { visitRecords } from './visits.ts'

export interface Batches {
  commit(batch: Batch): Promise<Outcome>
  /** When it resolves, the tables hold all that was committed. */
  settle(): Promise<void>
}

/** The whole SQL implementation but for the frequent writes. Arguments and answers survive JSON. */
export interface Records {
  conversations: Omit<ConversationHistory, 'append' | 'receive'>
  visitors: VisitorRecords
  visits: Omit<VisitHistory, 'record'>
  past: PastHistory
  sessions: SessionHistory
  ledger: LedgerRecords
  figures: Figures
  journeys: JourneyRecords
  agentStates: AgentStateHistory
  jobs: JobRecords
  followUps: FollowUpHistory
  files: FileHistory
  exposures: ExposureHistory
  erasures: ErasureRecords
  engine: { ping(): Promise<void> }
}

export const sqlRecords = (engine: Engine): Records => ({
  conversations: conversationRecords(engine),
  visitors: visitorRecords(engine),
  visits: visitRecords(engine),
  past: recordedVisits(engine),
  sessions: sessionRecords(engine),
  ledger: ledgerRecords(engine),
  figures: allFigures(engine),
  journeys: journeyRecords(engine),
  agentStates: agentStateRecords(engine),
  jobs: jobRecords(engine),
  followUps: followUpRecords(engine),
  files: fileRecords(engine),
  exposures: exposureRecords(engine),
  erasures: erasureRecords(engine),
  engine: {
    // As a write would be, so that a store that can only be read does not pass for a ready one.
    ping: async () => {
      await engine.transaction((queries) => queries.all('SELECT 1 AS one'))
    },
  },
})
