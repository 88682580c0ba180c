/** Works of the same key, one after another in the order of asking. Within this process. */
export class OneByOne {
  private readonly last = new Map<string, Promise<void>>()

  isBusy(key: string): boolean {
    return this.last.has(key)
  }

  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const result = (this.last.get(key) ?? Promise.resolve()).then(work)
    const forget = (): void => {
      if (this.last.get(key) === done) this.last.delete(key)
    }
    const done = result.then(forget, forget)
    this.last.set(key, done)
    return result
  }
}
