import type { Engine } from './engine.ts'
import type { Figures, Remembered } from './figures.ts'
import { journeyReports } from './journeys/report.ts'
import { figures } from './ledger/reports.ts'

/** Every report, of what was said and of what was looked at. */
export const allFigures = (engine: Engine): Figures & Remembered => ({
  ...figures(engine),
  journeys: journeyReports(engine),
})
