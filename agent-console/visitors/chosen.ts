import type { VisitId } from '../../shared/ids.ts'

/** Whom the card is about, and whether it opens ready for a first word. */
export interface Chosen {
  visitId: VisitId
  inviting: boolean
}
