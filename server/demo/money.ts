/** A sum without cents. In Persian it is said before its currency; `Intl` has it the other way about. */
export function formatMoney(amount: number, tag: string, currency: string): string {
  const style = { style: 'currency', currency, maximumFractionDigits: 0 } as const
  const parts = new Intl.NumberFormat(tag, style).formatToParts(amount)
  const textOf = (...types: readonly string[]) =>
    parts.flatMap(({ type, value }) => (types.length === 0 || types.includes(type) ? [value] : [])).join('')
  return tag.startsWith('fa') ? `${textOf('integer', 'group')} ${textOf('currency')}` : textOf()
}
