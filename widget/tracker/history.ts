/** Calls `changed` after each pushState and replaceState, until `gone` is signalled. */
export function watchHistory(gone: AbortSignal, changed: () => void): void {
  const functions: Partial<History> = history
  for (const name of ['pushState', 'replaceState'] as const) {
    const original = history[name]
    const patched = (...args: Parameters<History['pushState']>) => {
      original.apply(history, args)
      changed()
    }
    history[name] = patched
    gone.addEventListener('abort', () => {
      // Somebody who patched after us still calls ours; taking it away would undo theirs.
      if (functions[name] !== patched) return
      delete functions[name]
      if (functions[name] !== original) functions[name] = original
    })
  }
}
