import type { NodeManifest } from '../../src/agent/door.ts'
import { NodeAgent } from '../../src/agent/node-agent.ts'
import type { RuntimeListener } from '../../src/agent/runtimes/runtime.ts'
import { SimulatedRuntime } from '../../src/agent/runtimes/simulated.ts'
import { Timers } from '../../src/agent/timers.ts'
import type { Pod } from '../../src/model/kinds/pod.ts'
import type { Chance } from '../chaos/chance.ts'
import type { FakeClock } from '../support/fake-clock.ts'
import { nodeInput } from '../support/manifests.ts'
import { type UnreliableDoorOptions, unreliableDoor } from './unreliable-door.ts'

/** What a machine of a simulation is. */
export interface SimulatedAgentOptions extends UnreliableDoorOptions {
  readonly name: string
  readonly cpu: number
  readonly chance: Chance
  readonly clock: FakeClock
}

/** The agent of one simulated machine, which crashes and comes back; its pods run on meanwhile. */
export class SimulatedAgent {
  readonly name: string
  /** The pods that run on the machine, by uid: what its runtime was told to run and has not ended. */
  readonly running = new Set<string>()
  readonly #options: SimulatedAgentOptions
  #agent: NodeAgent | undefined
  #door: ReturnType<typeof unreliableDoor> | undefined

  constructor(options: SimulatedAgentOptions) {
    this.#options = options
    this.name = options.name
  }

  async start(): Promise<void> {
    const { clock, chance, name, cpu } = this.#options
    const timers = new Timers(
      { now: () => clock.now(), elapsed: () => clock.elapsed(), after: (ms, call) => clock.setTimer(call, ms) },
      (error) => {
        throw error
      },
    )
    const { metadata, status } = nodeInput(name, { cpu: String(cpu) }) as unknown as Pick<
      NodeManifest,
      'metadata' | 'status'
    >
    const door = unreliableDoor(this.#options)
    this.#door = door
    this.#agent = new NodeAgent({
      door,
      runtime: new LastingRuntime(this.running, timers),
      nodes: [{ apiVersion: 'v1', kind: 'Node', metadata, spec: {}, status }],
      leaseSeconds: 40,
      timers,
      log: { info: () => undefined, warn: () => undefined },
      random: () => chance.next(),
      lastReportsMs: 0,
    })
    await this.#agent.start()
  }

  /** Dies, with all that it was about to say. */
  async crash(): Promise<void> {
    this.#door?.close()
    let isOver = false
    const closed = this.#agent?.close({ keepPods: true, gracePeriodSecondsMax: 0 }).then(() => (isOver = true))
    // It waits no time for its last reports, but even none has to pass.
    for (; this.#agent !== undefined && !isOver; await new Promise((resolve) => setImmediate(resolve))) {
      this.#options.clock.advance(0)
    }
    await closed
  }

  /** Loses its connection. */
  cut(): void {
    this.#door?.cut()
  }
}

/** A runtime that remembers over the agent's lives what runs, as processes go on. */
class LastingRuntime extends SimulatedRuntime {
  readonly #running: Set<string>

  constructor(running: Set<string>, timers: Timers) {
    super({ timers, hostIP: () => '10.0.0.1' })
    this.#running = running
  }

  override open(listener: RuntimeListener): Promise<void> {
    return super.open({
      podChanged: (uid, status) => listener.podChanged(uid, status),
      podEnded: (uid, status) => {
        this.#running.delete(uid)
        listener.podEnded(uid, status)
      },
    })
  }

  override runPod(pod: Pod): void {
    this.#running.add(pod.metadata.uid)
    super.runPod(pod)
  }

  override forgetPod(uid: string): void {
    this.#running.delete(uid)
    super.forgetPod(uid)
  }

  override forgetOthers(uids?: ReadonlySet<string>): void {
    for (const uid of this.#running) if (uids?.has(uid) === false) this.#running.delete(uid)
    super.forgetOthers()
  }
}
