import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { tick } from './progress.ts'

/** How long a process gets to end by itself. */
const endsMsMax = 10_000
/** Lines of a process's log that are kept for the case that it fails. */
const logLinesMax = 40

/** A process that a bench has started. */
export interface BenchProcess {
  readonly name: string
  readonly pid: number
  /** Rejects when the process ends before it was asked to. */
  readonly failed: Promise<never>
  stop(): Promise<void>
}

/** A program of the bench's own: see `part.ts` for its side. */
export interface Part extends BenchProcess {
  send(message: object): void
  /** The next message; rejects when the part ends before. */
  next<Message>(): Promise<Message>
}

export interface StartOptions {
  /** The processor that the process is held to, where the system can do so (Linux, `taskset`). */
  readonly cpu?: number
}

/** The processes that one bench has started. However it ends, each of them is ended, by its pid. */
export class Processes {
  private readonly children = new Map<ChildProcess, BenchProcess>()

  constructor() {
    process.once('exit', () => {
      for (const child of this.children.keys()) child.kill('SIGKILL')
    })
  }

  /** Starts the built program of this clone with arguments. */
  start(name: string, args: readonly string[], { cpu }: StartOptions = {}): BenchProcess {
    const program = fileURLToPath(new URL('../../src/main.js', import.meta.url))
    const [command = process.execPath, ...before] = pinned(cpu)
    // In a group of its own: Ctrl-C reaches the bench, which then ends its processes in order.
    const child = spawn(command, [...before, program, ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
      env: ownEnvironment(),
    })
    return this.watch(name, child)
  }

  /** Starts a part and gives it its job. `program` is the URL of its built file. */
  part(name: string, program: URL, job: object, { cpu }: StartOptions = {}): Part {
    const [execPath = process.execPath, ...execArgv] = pinned(cpu)
    const child = fork(fileURLToPath(program), [], {
      execPath,
      execArgv,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: ownEnvironment(),
      serialization: 'advanced',
    })
    const watched = this.watch(name, child)
    const messages: object[] = []
    let wake = (): void => {}
    child.on('message', (message: object) => {
      if ('progress' in message) return tick(String(message.progress))
      messages.push(message)
      wake()
    })
    child.send(job)
    return {
      ...watched,
      send: (message) => void child.send(message),
      next: async <Message>() => {
        while (messages.length === 0)
          await Promise.race([new Promise<void>((resolve) => (wake = resolve)), watched.failed])
        return messages.shift() as Message
      },
    }
  }

  /** Ends what still runs, the newest first. */
  async close(): Promise<void> {
    for (const started of [...this.children.values()].reverse()) await started.stop()
  }

  private watch(name: string, child: ChildProcess): BenchProcess {
    const log: string[] = []
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log.push(...text.trimEnd().split('\n'))
      log.splice(0, log.length - logLinesMax)
    })
    let stopping = false
    const failed = new Promise<never>((_, reject) => {
      child.once('error', reject)
      child.once('exit', (code, signal) => {
        this.children.delete(child)
        if (!stopping) reject(new Error(`the ${name} ended (${signal ?? code}); its last words:\n${log.join('\n')}`))
      })
    })
    failed.catch(ignoreWhenUnheard)
    const stop = async () => {
      stopping = true
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), endsMsMax)
      await exited
      clearTimeout(timer)
    }
    const watched: BenchProcess = { name, pid: child.pid ?? 0, failed, stop }
    this.children.set(child, watched)
    return watched
  }
}

/** Becomes the program that it is given, held to a processor (util-linux). */
const pinner = 'taskset'

/** Whether processes can be held to one processor each. */
export const canPin: boolean = availableParallelism() > 1 && spawnSync(pinner, ['-V'], { stdio: 'ignore' }).status === 0

/** Node, held to a processor: it becomes Node, so that pid and channel are those of Node. */
function pinned(cpu: number | undefined): string[] {
  return cpu === undefined || !canPin ? [process.execPath] : [pinner, '-c', String(cpu), process.execPath]
}

/** The settings of whoever runs the bench are no part of it. */
function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('MYRIAD_')))
}

function ignoreWhenUnheard(): void {}
