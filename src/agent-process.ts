import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { bootId, isAlive, type ProcessIdentity, startTicksOf } from './agent/runtimes/process/process-identity.ts'
import { backOff } from './client/back-off.ts'
import type { Log } from './server/log.ts'

/** What an agent of `myriad up` works with. */
export interface AgentProcessOptions {
  readonly folder: string
  /** What follows the program in its command line. */
  readonly args: readonly string[]
  readonly environment: NodeJS.ProcessEnv
  readonly log: Log
}

/** The signal on which an agent ends and leaves its pods to the next one. */
export const handOverSignal = 'SIGUSR2'

/** How long an agent gets to end once the user has asked, and to hand its pods over. */
const endsMsMax = 8_000
const handsOverMsMax = 3_000
/** The wait before a dead agent is started again; one that has run for longer than `provenMs` has its failures forgotten. */
const restartWait = { firstMs: 500, maxMs: 30_000 }
const provenMs = 60_000

/**
 * The agent of `myriad up`, a process of its own: it is started again when it dies, and takes the pods over that the agent
 * of an earlier run of `up` has, which outlives a kill -9 of that. Which process that is stands in `agent.pid`.
 */
export class AgentProcess {
  readonly #options: AgentProcessOptions
  readonly #ending = new AbortController()
  readonly #isUp: Promise<boolean>
  #tellIsUp: (isUp: boolean) => void = () => {}
  #hasComeUp = false
  #child: ChildProcess | undefined
  /** Resolves when the agent would hear of a signal, or will not any more. */
  #hears: Promise<void> = Promise.resolve()
  #failures = 0

  private constructor(options: AgentProcessOptions) {
    this.#options = options
    this.#isUp = new Promise((resolve) => (this.#tellIsUp = resolve))
  }

  /** Takes the pods over from an agent that is left, then starts one. The data folder must be this process's alone. */
  static async start(options: AgentProcessOptions): Promise<AgentProcess> {
    const agent = new AgentProcess(options)
    await takeOver(options)
    agent.#start()
    return agent
  }

  /**
   * Resolves when an agent runs; with false when the first one has ended before that, by itself: this machine cannot run
   * it as it is set, the agent has said why, and another one would not fare better.
   */
  comesUp(): Promise<boolean> {
    return this.#isUp
  }

  /** Ends it in order, and makes it when it does not. */
  async end(): Promise<void> {
    this.#ending.abort()
    const child = this.#child
    if (child !== undefined && child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit')
      // One that is stopped has to run to hear of it.
      child.kill('SIGCONT')
      const timer = setTimeout(() => child.kill('SIGKILL'), endsMsMax)
      // A signal that comes before it hears would end it and leave the pods that were there before it.
      await this.#hears
      child.kill('SIGTERM')
      await exited
      clearTimeout(timer)
    }
    rmSync(identityFile(this.#options.folder), { force: true })
  }

  #start(): void {
    const { args, environment, log } = this.#options
    const begun = performance.now()
    // In a process group of its own: Ctrl-C reaches this process, which then ends the agent in order.
    const child = spawn(process.execPath, [process.argv[1] ?? '', ...args], {
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: environment,
    })
    this.#child = child
    this.#hears = new Promise((resolve) => {
      for (const event of ['message', 'exit', 'error']) child.once(event, () => resolve())
    })
    child.on('message', (message) => {
      if (message !== 'runs') return
      this.#hasComeUp = true
      this.#tellIsUp(true)
    })
    if (child.pid !== undefined) this.#remember(child.pid)
    const startAgain = (how: string): void => {
      if (this.#ending.signal.aborted) return
      if (performance.now() - begun > provenMs) this.#failures = 0
      const waitMs = backOff(this.#failures, Math.random(), restartWait)
      this.#failures += 1
      log.warn(`the agent has ended (${how}); its pods run on, and it is started again`, { inMs: Math.round(waitMs) })
      void this.#startAfter(waitMs)
    }
    // One that could not be started has no exit.
    child.once('error', (error) => startAgain(error.message))
    child.once('exit', (code, signal) => {
      if (this.#hasComeUp || code === null) startAgain(signal ?? `exit code ${code}`)
      else this.#tellIsUp(false)
    })
  }

  /** A full disk must not keep the agent from its pods: then only the next run of `up` will not know of it. */
  #remember(pid: number): void {
    const { folder, log } = this.#options
    try {
      remember(folder, pid)
    } catch (error) {
      log.error('the agent runs, and could not be written down for a later run to find it', error)
    }
  }

  async #startAfter(waitMs: number): Promise<void> {
    try {
      await delay(waitMs, undefined, { signal: this.#ending.signal })
    } catch (error) {
      if (this.#ending.signal.aborted) return
      throw error
    }
    this.#start()
  }
}

/** Tells `myriad up`, where this process is its agent, first that it hears signals from now on, and then that it runs. */
export function tellUp(what: 'hears' | 'runs'): void {
  process.send?.(what, undefined, undefined, () => {
    if (what === 'runs' && process.connected) process.disconnect()
  })
}

/** Has an agent that an earlier run of `up` has left end without its pods, which the next one adopts. */
async function takeOver({ folder, log }: AgentProcessOptions): Promise<void> {
  const left = recall(folder)
  if (left === undefined || !isAlive(left)) return
  log.info('taking the pods over from the agent of an earlier run', { pid: left.pid })
  process.kill(left.pid, handOverSignal)
  process.kill(left.pid, 'SIGCONT')
  for (const until = performance.now() + handsOverMsMax; isAlive(left) && performance.now() < until; ) await delay(20)
  // Pods outlive their agent, so that nothing is lost by this.
  if (isAlive(left)) process.kill(left.pid, 'SIGKILL')
  while (isAlive(left)) await delay(20)
}

function identityFile(folder: string): string {
  return join(folder, 'agent.pid')
}

/** Number and start of the process together, and the run of the system, name it for good. */
function remember(folder: string, pid: number): void {
  const file = identityFile(folder)
  const identity: ProcessIdentity & { bootId: string } = { pid, startTicks: startTicksOf(pid), bootId: bootId() }
  writeFileSync(`${file}.next`, JSON.stringify(identity))
  renameSync(`${file}.next`, file)
}

function recall(folder: string): ProcessIdentity | undefined {
  try {
    const identity = JSON.parse(readFileSync(identityFile(folder), 'utf8')) as ProcessIdentity & { bootId: string }
    return identity.bootId === bootId() ? identity : undefined
  } catch (error) {
    // None was left, or a crash of the machine has spoilt the file, and the agent has ended with it.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return undefined
    throw error
  }
}
