import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Chance } from './chance.ts'
import { Victim } from './victim.ts'

/** Milliseconds that something gets to become so in the end. */
const patienceMs = 60_000

/** A control plane and its agents as processes: `myriad server`, sometimes `myriad controller` beside it, `myriad agent`s. */
export class ChaosCluster {
  readonly url: string
  readonly databaseFile: string
  readonly server: Victim
  readonly controller: Victim
  readonly agents: readonly Victim[]
  readonly #chance: Chance
  readonly #port: number
  #worker: 'thread' | 'process'

  /** Reserves a port; starts nothing. */
  static async prepare(folder: string, chance: Chance): Promise<ChaosCluster> {
    const probe = createServer().listen(0, '127.0.0.1')
    await once(probe, 'listening')
    const { port } = probe.address() as AddressInfo
    probe.close()
    await once(probe, 'close')
    return new ChaosCluster(folder, port, chance)
  }

  private constructor(folder: string, port: number, chance: Chance) {
    this.#port = port
    this.#chance = chance
    this.#worker = chance.happens(0.5) ? 'thread' : 'process'
    this.url = `http://127.0.0.1:${port}/graphql`
    this.databaseFile = join(folder, 'myriad.db')
    this.server = new Victim('server', ['server', '--port', String(port), '--data', folder])
    this.controller = new Victim('controller worker', ['controller', '--data', folder])
    this.agents = ['n1', 'n2'].slice(0, chance.whole(1, 2)).map((name) => {
      const args = ['agent', '--url', this.url, '--node-name', name, '--pod-network', 'loopback', '--data', folder]
      return new Victim(`agent ${name}`, args)
    })
  }

  get victims(): readonly Victim[] {
    return [this.server, this.controller, ...this.agents]
  }

  /** Whether the worker is to be a process now. */
  get needsController(): boolean {
    return this.#worker === 'process'
  }

  async start(): Promise<void> {
    await this.startServer()
    for (const agent of this.agents) agent.start()
  }

  /** Starts the server after its end, now and then with its worker elsewhere than before. */
  async startServer(): Promise<void> {
    if (this.#chance.happens(0.3)) this.#worker = this.#worker === 'thread' ? 'process' : 'thread'
    // A worker of its own would be a second one beside the thread.
    if (this.#worker === 'thread') await this.controller.kill()
    const where = this.#worker === 'thread' ? 'thread' : 'none'
    const folder = join(this.databaseFile, '..')
    this.server.start(['server', '--port', String(this.#port), '--data', folder, '--controller', where])
    if (this.#worker === 'process' && !this.controller.isRunning) this.controller.start()
  }

  async isReady(): Promise<boolean> {
    try {
      return (await fetch(this.url.replace('/graphql', '/readyz'), { signal: AbortSignal.timeout(2_000) })).ok
    } catch {
      // It does not listen, or does not answer: that is what is asked.
      return false
    }
  }

  /** Waits for a condition, asked every 200 ms. Resolves with whether it came in time. */
  async waitFor(condition: () => boolean | Promise<boolean>, msMax = patienceMs): Promise<boolean> {
    for (const until = performance.now() + msMax; performance.now() < until; await delay(200)) {
      if (await condition()) return true
    }
    return false
  }

  /** Ends everything in order: the agents first, which stop their pods. */
  async stop(): Promise<void> {
    await Promise.all(this.agents.map((agent) => agent.stop()))
    await this.controller.stop()
    await this.server.stop()
  }
}
