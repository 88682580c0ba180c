import { applyEvent, emptyState, type WidgetEvent, type WidgetState } from './state.ts'

export interface Store {
  get(): WidgetState
  apply(event: WidgetEvent): void
  /** Called after each change with what it was and what it is; the returned function stops it. */
  subscribe(listener: (now: WidgetState, before: WidgetState) => void): () => void
}

export function createStore(): Store {
  let state = emptyState
  const listeners = new Set<(now: WidgetState, before: WidgetState) => void>()
  return {
    get: () => state,
    apply(event) {
      const before = state
      state = applyEvent(state, event)
      if (state !== before) for (const listener of [...listeners]) listener(state, before)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
