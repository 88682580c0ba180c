/** Old frameworks give arrays and texts a `toJSON` that writes them twice: what stood there before it counts. */
export const toJson = (value: unknown): string =>
  JSON.stringify(value, function (this: Record<string, unknown>, key) {
    return this[key]
  })
