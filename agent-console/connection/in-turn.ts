/**
 * Runs one thing at a time, each in a task of its own: whoever waited for the one before, by however many
 * promises, has gone on by then. Several packets come in one task by long polling, and promises go on only
 * after all of them.
 */
export class InTurn {
  readonly #waiting: (() => void)[] = []
  #busy = false

  /** At once, unless something else has run in this task or still waits. */
  run(what: () => void): void {
    this.#waiting.push(what)
    if (!this.#busy) this.#next()
  }

  #next(): void {
    const what = this.#waiting.shift()
    this.#busy = what !== undefined
    if (!what) return
    // Before it runs, since it may throw.
    inAnotherTask(() => this.#next())
    what()
  }
}

/** A timer would wait for a second in a page that is hidden. */
function inAnotherTask(run: () => void): void {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    port1.close()
    run()
  }
  port2.postMessage(null)
}
