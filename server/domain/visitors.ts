import type { VisitorHistory } from '../history/history.ts'
import type { Visitors } from './domain.ts'
import { createErasure, type ErasureNeeds } from './erasure.ts'

export const createVisitors = (needs: ErasureNeeds & { visitors: VisitorHistory }): Visitors => ({
  find: (id) => needs.visitors.find(id),
  ...createErasure(needs),
})
