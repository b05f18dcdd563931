import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { ProcessFamily } from './process-family.ts'

export interface ControlPlaneOptions {
  readonly dataFolder: string
  /** Name of the one machine in the cluster. */
  readonly nodeName: string
  /** Environment of the process; that of this one without it. */
  readonly environment?: NodeJS.ProcessEnv | undefined
  /** Told with a sentence when it ends without having been asked to. */
  readonly onDeath: (sentence: string) => void
}

const logLinesMax = 20

/** A control plane with one agent, running as a process of its own in a process group of its own. */
export class ControlPlane {
  /** Its GraphQL endpoint. */
  readonly url: string
  /** It and all that it has started. */
  readonly family: ProcessFamily
  readonly #child: ChildProcess
  readonly #exited: Promise<void>
  readonly #log: string[] = []
  #isStopping = false

  /** Starts it on a free port of the loopback address. Resolves when its process runs, which is before it answers. */
  static async start(options: ControlPlaneOptions): Promise<ControlPlane> {
    const port = await freePort()
    // The program that runs the demonstration is the one that runs the control plane.
    const program = process.argv[1] ?? ''
    const child = spawn(process.execPath, [program, 'up', ...flagsOf(options, port)], {
      // In a process group of its own: Ctrl-C reaches only the demonstration, which then stops it in order.
      detached: true,
      cwd: options.dataFolder,
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(options.environment === undefined ? {} : { env: options.environment }),
    })
    await once(child, 'spawn')
    return new ControlPlane(child, port, options)
  }

  private constructor(child: ChildProcess, port: number, { dataFolder, onDeath }: ControlPlaneOptions) {
    this.url = `http://127.0.0.1:${port}/graphql`
    this.family = new ProcessFamily({ rootPid: child.pid ?? 0, folder: dataFolder })
    this.#child = child
    this.#exited = new Promise((resolve) => child.once('exit', () => resolve()))
    child.once('exit', () => {
      if (!this.#isStopping) onDeath(`the control plane ended by itself with ${this.#exitText()}`)
    })
    // Its log; what it prints for a person to try is of no use here.
    if (child.stderr !== null) createInterface(child.stderr).on('line', (line) => this.#remember(line))
  }

  /** The last lines of its log. */
  get lastLogLines(): readonly string[] {
    return this.#log
  }

  /** Asks it to end and waits for it. Resolves with how it ended: `exit code 0` is in order; undefined when the signal gave up. */
  async stop(signal: AbortSignal): Promise<string | undefined> {
    this.#isStopping = true
    this.#child.kill('SIGTERM')
    if (!signal.aborted) await Promise.race([this.#exited, once(signal, 'abort')])
    return this.#hasExited() ? this.#exitText() : undefined
  }

  #hasExited(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null
  }

  #exitText(): string {
    const { exitCode, signalCode } = this.#child
    return exitCode === null ? `signal ${signalCode}` : `exit code ${exitCode}`
  }

  #remember(line: string): void {
    this.#log.push(line)
    if (this.#log.length > logLinesMax) this.#log.shift()
  }
}

/** Every setting that matters is given as a flag: flags stand above the environment. */
function flagsOf({ dataFolder, nodeName }: ControlPlaneOptions, port: number): string[] {
  const settings = {
    host: '127.0.0.1',
    port: String(port),
    data: dataFolder,
    controller: 'thread',
    runtime: 'process',
    'node-name': nodeName,
    nodes: '1',
    // A demonstration needs next to nothing: it shall run on a machine whose disk is nearly full, too.
    'eviction-hard': '',
  }
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no free port was given')
  return address.port
}
