/** Calls `changed` after each pushState and replaceState, until `gone` is signalled. */
export function watchHistory(gone: AbortSignal, changed: () => void): void {
  for (const name of ['pushState', 'replaceState'] as const) {
    const original = history[name]
    const patched = (...args: Parameters<History['pushState']>) => {
      original.apply(history, args)
      changed()
    }
    history[name] = patched
    gone.addEventListener('abort', () => {
      // Somebody who patched after us still calls ours; taking it away would undo theirs.
      if (history[name] !== patched) return
      Reflect.deleteProperty(history, name)
      if (history[name] !== original) history[name] = original
    })
  }
}
