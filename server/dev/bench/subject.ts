import { execFileSync, spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { createInterface } from 'node:readline'
import type { SubjectName } from './build-subjects.ts'
import { makeFolder, removeFolder } from './temporary-folder.ts'

/** A server process under measurement. It answers each line on its input with one line of JSON. */
export interface Subject {
  /** What it printed once it listened. */
  hello: Hello
  /** Resident memory after a collection, in bytes. */
  memory(): Promise<number>
  /** Processor time all its threads have used, in µs. */
  cpu(): Promise<number>
  /** How late its event loop was since this was last asked: the 99th percentile, ms. */
  delay(): Promise<number>
  stop(): Promise<void>
}

export interface Hello {
  port: number
  /** Sessions of signed-in agents, as `Cookie` headers; none for a floor. */
  cookies: string[]
}

// Asked before any pinning, after which it would count what is left.
const cores = availableParallelism()

const canPin = (() => {
  if (process.platform !== 'linux' || cores < 2) return false
  try {
    execFileSync('taskset', ['-p', String(process.pid)], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

/** Keeps this process, the load, off the first core, which belongs to the subject. */
export const leaveFirstCore = (): void => moveTo(`1-${cores - 1}`)

/** Lets this process, and what it starts from now on, run wherever there is room. */
export const takeAllCores = (): void => moveTo(`0-${cores - 1}`)

function moveTo(places: string): void {
  if (canPin) execFileSync('taskset', ['-a', '-cp', places, String(process.pid)], { stdio: 'ignore' })
}

/** Whether the subject has one core to itself, for the notes beside the figures. */
export const pinning = canPin ? 'server pinned to one core' : 'not pinned'

/** Starts a built subject (see `build-subjects.ts`) as a process of its own on the first core. */
export async function startSubject(name: SubjectName, args: string[] = []): Promise<Subject> {
  const node = [process.execPath, '--expose-gc', '--max-semi-space-size=64', `dist/bench/${name}.js`, ...args]
  const [command = '', ...rest] = canPin ? ['taskset', '-c', '0', ...node] : node
  // Whatever it keeps is kept there: it ends by a signal that lets it clean up nothing itself.
  const folder = makeFolder()
  const env = { ...process.env, TMPDIR: folder }
  const child = spawn(command, rest, { stdio: ['pipe', 'pipe', 'inherit'], env })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const nextLine = async (): Promise<string> => {
    const { value, done } = await lines.next()
    if (done) throw new Error(`${name} ended before it answered`)
    return value
  }
  const hello: Hello = JSON.parse(await nextLine())
  const ask = async (question: 'memory' | 'cpu' | 'delay'): Promise<number> => {
    child.stdin.write(`${question}\n`)
    return Number(await nextLine())
  }
  return {
    hello,
    memory: () => ask('memory'),
    cpu: () => ask('cpu'),
    delay: () => ask('delay'),
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await ended
      removeFolder(folder)
    },
  }
}
