import type { Resource } from '../../src/model/resource.ts'
import { Chance } from '../chaos/chance.ts'
import { FakeClock } from '../support/fake-clock.ts'
import type { TemporaryStores } from '../support/temporary-stores.ts'
import { ControlSide } from './control-side.ts'
import { SimulatedAgent } from './simulated-agent.ts'

/** A command that was acknowledged: the version that it answered with. */
export interface Acknowledged {
  readonly command: string
  readonly object: Resource
}

const machines = ['n1', 'n2', 'n3']
const stepsMax = 40

/**
 * A cluster in one process, with a clock that is turned by hand, in which chance has users command, server, worker and
 * agents crash, requests get lost and clocks jump; in the end all becomes quiet.
 */
export class Simulation {
  readonly clock = new FakeClock()
  readonly acknowledged: Acknowledged[] = []
  readonly agents: SimulatedAgent[]
  readonly control: ControlSide
  /** What was done, for whoever looks into a failure. */
  readonly story: string[] = []
  readonly #chance: Chance
  #isRough = true

  static async start(seed: number, stores: TemporaryStores): Promise<Simulation> {
    const chance = new Chance(seed)
    const clock = new FakeClock()
    let made = 0
    const shared = { random: () => chance.next(), newUid: () => `made-${(made += 1)}` }
    const control = await ControlSide.start({ stores, clock, chance: shared })
    return new Simulation(chance, clock, control)
  }

  private constructor(chance: Chance, clock: FakeClock, control: ControlSide) {
    this.#chance = chance
    this.clock = clock
    this.control = control
    const isRough = () => this.#isRough
    this.agents = machines.map(
      (name) => new SimulatedAgent({ name, cpu: chance.whole(2, 6), control, clock, chance, isRough }),
    )
  }

  /** Lets things happen, then brings everything back and waits until nothing happens any more. */
  async run(): Promise<void> {
    for (const agent of this.agents) await agent.start()
    for (let step = 0; step < stepsMax; step += 1) {
      await this.#happen()
      await this.pass(this.#chance.whole(0, 3_000))
    }
    this.#isRough = false
    // Longer than any back-off, lease or quarantine that a rough time may have left.
    for (let minute = 0; minute < 25; minute += 1) await this.pass(60_000, 12)
    await this.control.api.settle()
  }

  async close(): Promise<void> {
    for (const agent of this.agents) await agent.crash()
    await this.control.api.close()
  }

  /** Lets time pass in pieces, and everything happen that follows. */
  async pass(ms: number, pieces = 4): Promise<void> {
    for (let piece = 0; piece < pieces; piece += 1) {
      this.clock.advance(ms / pieces)
      await this.#turns(6)
    }
  }

  /** A crash may come at any turn of the event loop. */
  async #turns(count: number): Promise<void> {
    for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  }

  async #happen(): Promise<void> {
    const chance = this.#chance
    const what = chance.weighted({ command: 14, crashControl: 2, crashAgent: 2, cut: 2, jump: 1 })
    if (what === 'command') return this.#command()
    this.story.push(what)
    if (what === 'jump') this.clock.jump(chance.pick([86_400_000, -86_400_000, 5_000, -5_000]) ?? 0)
    if (what === 'crashControl') {
      await this.#turns(chance.whole(0, 12))
      await this.control.crash()
    }
    const agent = chance.pick(this.agents)
    if (what === 'cut') agent?.cut()
    if (what === 'crashAgent') {
      await agent?.crash()
      await this.pass(chance.whole(0, 5_000))
      await agent?.start()
    }
  }

  /** A command of a user. Its answer is awaited while other things happen; an answer of an earlier life does not come. */
  #command(): void {
    const chance = this.#chance
    const name = chance.pick(['a', 'b', 'c']) ?? 'a'
    const kind = chance.pick(['ReplicationController', 'ReplicaSet']) ?? 'ReplicationController'
    const machine = chance.pick(machines) ?? 'n1'
    const wish = chance.weighted({
      apply: 4,
      scale: 6,
      pod: 4,
      deletePod: 4,
      delete: 1,
      cordon: 1,
      uncordon: 2,
      deleteNode: 1,
    })
    const replicas = chance.whole(0, 4)
    if (wish === 'apply')
      return this.#ask(`apply ${kind} ${name}`, applyDocument, { manifests: setManifest(kind, name, replicas) })
    if (wish === 'pod')
      return this.#ask(`apply pod ${name}`, applyDocument, { manifests: podManifest(name, chance.whole(0, 99)) })
    if (wish === 'scale') return this.#ask(`scale ${kind} ${name} ${replicas}`, scaleDocument, { kind, name, replicas })
    if (wish === 'delete') return this.#ask(`delete ${kind} ${name}`, deleteDocument(kind), { name })
    if (wish === 'deletePod') {
      const pod = chance.pick([...this.control.api.store.replica.list('Pod')])
      if (pod !== undefined) this.#ask('delete pod', deleteDocument('Pod'), { name: pod.metadata.name })
      return
    }
    this.#ask(
      `${wish} ${machine}`,
      wish === 'deleteNode'
        ? deleteDocument('ClusterNode')
        : `mutation ($name: String!) { it: ${wish}(name: $name) { manifest metadata { resourceVersion } } }`,
      { name: machine },
    )
  }

  #ask(command: string, document: string, variables: Readonly<Record<string, unknown>>): void {
    const { life, api } = this.control
    this.story.push(command)
    void api
      .ask<{ it: Answered & { applied?: readonly { readonly resource: Answered }[] } }>(document, variables)
      .then(({ data }) => {
        if (data == null || this.control.life !== life) return
        const answered = data.it.applied === undefined ? [data.it] : data.it.applied.map(({ resource }) => resource)
        for (const { manifest } of answered) this.acknowledged.push({ command, object: manifest })
      })
  }
}

interface Answered {
  readonly manifest: Resource
}

const object = 'manifest metadata { resourceVersion }'
const applyDocument = `mutation ($manifests: String!) { it: apply(manifests: $manifests) { applied { resource { ${object} } } } }`
const scaleDocument = `mutation ($kind: String!, $name: String!, $replicas: Int!) { it: scale(kind: $kind, name: $name, replicas: $replicas) { ${object} } }`
const deleteDocument = (kind: string) => `mutation ($name: String!) { it: delete${kind}(name: $name) { ${object} } }`

const completionAnnotation = 'simulated.myriad/complete-after-seconds'
const container = { name: 'main', image: 'main', resources: { requests: { cpu: '1' } } }

function setManifest(kind: string, name: string, replicas: number): string {
  const labels = { app: `${kind.toLowerCase()}-${name}` }
  const selector = kind === 'ReplicaSet' ? { matchLabels: labels } : labels
  const template = { metadata: { labels }, spec: { containers: [container] } }
  const apiVersion = kind === 'ReplicaSet' ? 'apps/v1' : 'v1'
  return JSON.stringify({ apiVersion, kind, metadata: { name }, spec: { replicas, selector, template } })
}

/** A pod that runs on, or one that completes after some seconds. */
function podManifest(name: string, mark: number): string {
  const completes = mark % 3 === 0 ? { [completionAnnotation]: String(mark % 7) } : {}
  const metadata = { name, annotations: { mark: String(mark), ...completes } }
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata,
    spec: { restartPolicy: 'Never', containers: [container] },
  })
}
