import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { breakableMain } from './breakable-build.ts'

/** The server as people run it: a process of its own, built, on a fresh directory unless one is given. */
export interface HouseProcess {
  /** Origin it printed. */
  url: string
  /** Everything it printed for people. */
  printed: string
  dataDir: string
  /** Of what was started: with `built` the server itself. */
  readonly pid: number
  /** Signals the whole group, whatever stands between. */
  kill(signal: NodeJS.Signals): void
  /** Signals only the process that was started, as a supervisor does. */
  tell(signal: NodeJS.Signals): void
  /** From now on nobody reads what it prints. */
  deafen(): void
  /** What it has logged so far; nothing after `deafen`. */
  log(): string
  /** Moves its clock so far from the right time (ms), or sets where it dies. Of the breakable server only. */
  instruct(order: { skew?: number; crashAt?: string }): Promise<void>
  /** Resolves with the exit code, or with the signal's name. */
  ended: Promise<number | string>
  /** Ends it and removes the directory it was given by this helper. */
  close(): Promise<void>
}

type Command = 'built' | 'breakable' | 'npm start' | 'npx ahlan serve'

const commands: Record<Command, [program: string, ...args: string[]]> = {
  built: [process.execPath, 'dist/server/main.js'],
  breakable: [process.execPath, breakableMain],
  'npm start': ['npm', 'start', '--silent'],
  'npx ahlan serve': ['npx', 'ahlan', 'serve'],
}

export interface HouseOptions {
  /** As the README says, or the built file directly. */
  command?: Command
  dataDir?: string
  env?: Record<string, string>
}

export async function startHouse({
  command = 'built',
  dataDir,
  env = {},
}: HouseOptions = {}): Promise<HouseProcess> {
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'ahlan-house-')))
  const [program, ...args] = commands[command]
  const child = spawn(program, args, {
    env: { ...process.env, PORT: '0', LOG_LEVEL: 'warn', ...env, DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe', ...(command === 'breakable' ? (['ipc'] as const) : [])],
    // A group of its own, so that a signal reaches what `npm` started.
    detached: true,
  })
  const ended = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'))
  })
  let logged = ''
  child.stderr?.on('data', (chunk) => {
    logged += String(chunk)
  })
  const printed = await readUntilReady(child)
  const url = /(http:\/\/[^/\s]+)\/demo\//.exec(printed)?.[1] ?? ''
  const kill = (signal: NodeJS.Signals) => killGroup(child, signal)
  return {
    ...{ url, printed, dataDir: folder, kill, ended },
    tell: (signal) => void child.kill(signal),
    log: () => logged,
    pid: child.pid ?? 0,
    instruct: (order) =>
      new Promise((resolve, reject) => {
        child.once('message', () => resolve())
        child.send(order, (fault) => fault && reject(fault))
      }),
    deafen() {
      child.stdout?.destroy()
      child.stderr?.destroy()
    },
    async close() {
      kill('SIGKILL')
      await ended
      if (!dataDir) await rm(folder, { recursive: true, force: true })
    },
  }
}

function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch (fault) {
    if (!isGone(fault)) throw fault
  }
}

/** Nobody of the group is left. */
const isGone = (fault: unknown): boolean =>
  fault instanceof Error && 'code' in fault && fault.code === 'ESRCH'

function readUntilReady(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = ''
    let complaints = ''
    child.stdout?.on('data', (chunk) => {
      out += String(chunk)
      if (/Console\s+http\S+/.test(out)) setImmediate(() => resolve(out))
    })
    child.stderr?.on('data', (chunk) => {
      complaints += String(chunk)
    })
    child.once('exit', () => reject(new Error(`The server ended before it was ready:\n${out}${complaints}`)))
  })
}
