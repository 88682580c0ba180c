import { startThread, startWorker, type Thread } from './store-thread.ts'

/** A thread for reports and what they read, from the first that is asked for. */
export interface Reporter {
  call<Answer>(noun: string, verb: string, args: unknown[]): Promise<Answer>
  /** Of whom was erased; where no report was asked for there is nothing. */
  forget(): Promise<void>
  close(): Promise<void>
  stop(): Promise<void>
}

/** @param open lets the thread read the store */
export function reporting(
  open: (thread: Thread) => Promise<unknown>,
  onLost: ((fault: Error) => void) | undefined,
): Reporter {
  let opened: Promise<Thread> | null = null
  const start = async (): Promise<Thread> => {
    const thread = startThread(startWorker('reporter'), onLost)
    try {
      await open(thread)
      return thread
    } catch (error) {
      // The next who asks may find the store there again.
      opened = null
      await thread.stop()
      throw error
    }
  }
  return {
    call: async <Answer>(noun: string, verb: string, args: unknown[]) => {
      opened ??= start()
      return (await opened).call<Answer>(noun, verb, args)
    },
    forget: async () => {
      if (opened) await (await opened).call('figures', 'forget', [])
    },
    close: async () => {
      if (opened) await (await opened).call('thread', 'close', [])
    },
    stop: async () => {
      if (opened) await (await opened).stop()
    },
  }
}
