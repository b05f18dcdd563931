import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** How long a process gets to end by itself. */
const endsMsMax = 15_000
/** Lines of a process's log that are kept for the case that something is wrong in the end. */
const logLinesMax = 400

/** A part of the product as a process, which is killed, stopped and started again as often as one likes. */
export class Victim {
  readonly name: string
  /** The last lines of its log, over all of its lives. */
  readonly log: string[] = []
  /** Ends that nobody had asked for. */
  readonly ownEnds: string[] = []
  #args: readonly string[]
  #child: ChildProcess | undefined
  #isAsked = false

  constructor(name: string, args: readonly string[]) {
    this.name = name
    this.#args = args
  }

  get isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** Starts the built program of this clone unless it runs, with other arguments from now on if there are any. */
  start(args: readonly string[] = this.#args): void {
    if (this.isRunning) return
    this.#args = args
    this.#isAsked = false
    const program = fileURLToPath(new URL('../../src/main.js', import.meta.url))
    // In a group of its own: Ctrl-C reaches the chaos, which then ends its processes in order.
    const child = spawn(process.execPath, [program, ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
      env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('MYRIAD_'))),
    })
    this.#child = child
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.log.push(...text.trimEnd().split('\n'))
      this.log.splice(0, this.log.length - logLinesMax)
    })
    child.once('exit', (code, signal) => {
      if (this.#child === child && !this.#isAsked)
        this.ownEnds.push(`the ${this.name} ended by itself (${signal ?? code})`)
    })
  }

  /** kill -9, and waits for the end. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** SIGSTOP or SIGCONT. Whether there was a process. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): boolean {
    return this.isRunning && this.#child?.kill(name) === true
  }

  /** Asks it to end, and makes it. */
  async stop(): Promise<void> {
    this.signal('SIGCONT')
    const timer = setTimeout(() => this.#child?.kill('SIGKILL'), endsMsMax)
    await this.#end('SIGTERM')
    clearTimeout(timer)
  }

  /** Without waiting, for when this process ends. */
  dispatch(): void {
    if (this.isRunning) this.#child?.kill('SIGKILL')
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    this.#isAsked = true
    if (!this.isRunning || this.#child === undefined) return
    const exited = once(this.#child, 'exit')
    this.#child.kill(signal)
    await exited
  }
}
