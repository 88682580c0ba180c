import type { VisitorId } from '../../shared/ids.ts'
import type { Visitor } from '../../shared/visitor.ts'
import { useSurroundings } from '../ui/context.tsx'
import { useLoaded } from '../ui/hooks.tsx'

/** What the store remembers of somebody; null until it is here. */
export function useKnown(id: VisitorId): Visitor | null {
  const { api } = useSurroundings()
  const found = useLoaded(id, () => api.get<{ visitor: Visitor | null }>(`/visitors/${id}`))
  const visitor = found.value?.visitor ?? null
  return visitor?.id === id ? visitor : null
}
