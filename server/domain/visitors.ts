import type { VisitorHistory } from '../history/history.ts'
import type { Visitors } from './domain.ts'

export const createVisitors = (visitors: VisitorHistory): Visitors => ({
  find: (id) => visitors.find(id),
})
