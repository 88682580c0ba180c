/** Speaks to the chat, if its script has come. */
export function ahlan(command: string, ...details: unknown[]): void {
  const chat: unknown = Reflect.get(window, 'Ahlan')
  if (typeof chat === 'function') chat(command, ...details)
}
