/** Calls `changed` after each pushState and replaceState, until `undo` is done. */
export function watchHistory(undo: (() => void)[], changed: () => void): void {
  for (const name of ['pushState', 'replaceState'] as const) {
    const original = history[name]
    const inherited = !Object.hasOwn(history, name)
    const patched = function (this: History, ...args: Parameters<History['pushState']>) {
      original.apply(this, args)
      changed()
    }
    history[name] = patched
    undo.push(() => {
      // Somebody who patched after us still calls ours; taking it away would undo theirs.
      if (history[name] !== patched) return
      if (inherited) Reflect.deleteProperty(history, name)
      else history[name] = original
    })
  }
}
