import { startThread, startWorker, type Thread } from './sqlite-thread.ts'

/** A thread for reports, from the first that is asked for. */
export interface Reporter {
  thread(): Promise<Thread>
  close(): Promise<void>
  stop(): Promise<void>
}

export function reporting(file: string, onLost: ((fault: Error) => void) | undefined): Reporter {
  let opened: Promise<Thread> | null = null
  return {
    thread: () => {
      opened ??= open(file, onLost)
      return opened
    },
    close: async () => {
      if (opened) await (await opened).call('thread', 'close', [])
    },
    stop: async () => {
      if (opened) await (await opened).stop()
    },
  }
}

async function open(file: string, onLost: ((fault: Error) => void) | undefined): Promise<Thread> {
  const thread = startThread(startWorker('reporter'), onLost)
  await thread.call('thread', 'open', [file, 'reader'])
  return thread
}
