import type { Dialect } from '../engine.ts'
import { first } from './001-first.ts'
import { jobs } from './002-jobs.ts'
import { files } from './003-files.ts'
import { erased } from './004-erased.ts'
import { visitEvents } from './005-visit-events.ts'
import { exposures } from './006-exposures.ts'
import { conversationFacts } from './007-conversation-facts.ts'
import { ledger } from './008-ledger.ts'
import { followUps } from './009-follow-ups.ts'
import { journeys } from './010-journeys.ts'
import { ledgerBytes } from './011-ledger-bytes.ts'
import { reopenedAt } from './012-reopened-at.ts'

/** One step of the schema. Once released it is never edited: its checksum is kept in every database. */
export interface Migration {
  number: number
  name: string
  statements(dialect: Dialect): string[]
}

/** Ascending by number, without gaps. */
export const migrations: readonly Migration[] = [
  ...[first, jobs, files, erased, visitEvents, exposures],
  ...[conversationFacts, ledger, followUps, journeys],
  ...[ledgerBytes, reopenedAt],
]
