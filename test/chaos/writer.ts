import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from '../../src/client/client.ts'
import { RequestError } from '../../src/client/request-error.ts'
import type { Chance } from './chance.ts'
import { type AcknowledgedWrite, markAnnotation, type WrittenContent } from './ledger.ts'

/** What a writer works with. */
export interface WriterOptions {
  readonly name: string
  readonly client: Client
  readonly chance: Chance
  readonly acknowledged: AcknowledgedWrite[]
  readonly signal: AbortSignal
}

interface Written {
  readonly kind: string
  readonly name: string
  readonly metadata: { readonly resourceVersion: string }
}

type Target = Pick<AcknowledgedWrite, 'kind' | 'name'>

/** Objects of each kind that a writer has at most. */
const podsMax = 3
const controllersMax = 2
const replicasMax = 3
const pauseMs = [30, 250] as const
const refusedMs = 300

/** Codes that say that the write was not carried out, or that nobody knows whether it was. */
const expectedCodes: ReadonlySet<string> = new Set(['UNAVAILABLE', 'NOT_FOUND', 'ALREADY_EXISTS', 'CONFLICT'])

/** A user who writes without pause, only about objects of their own, and remembers exactly what was acknowledged. */
export class Writer {
  readonly #options: WriterOptions
  readonly #pods: string[] = []
  readonly #controllers: string[] = []
  #count = 0
  #refusals = 0

  constructor(options: WriterOptions) {
    this.#options = options
  }

  /** Requests that were not acknowledged. */
  get refusals(): number {
    return this.#refusals
  }

  /** Writes until the signal comes. Throws when the server refuses what it has no reason to refuse. */
  async run(): Promise<void> {
    const { chance, signal } = this.#options
    while (!signal.aborted) {
      try {
        await this.#write()
      } catch (error) {
        if (!(error instanceof RequestError) || !expectedCodes.has(error.code)) throw error
        this.#refusals += 1
        await delay(refusedMs)
      }
      await delay(chance.whole(...pauseMs))
    }
  }

  #write(): Promise<void> {
    const { chance } = this.#options
    const pod = chance.pick(this.#pods)
    const controller = chance.pick(this.#controllers)
    const wish = chance.weighted({
      markPod: 4,
      markController: 4,
      scale: 3,
      createPod: 2,
      createController: 1,
      remove: 1,
    })
    if (wish === 'markPod' && pod !== undefined) return this.#apply({ kind: 'Pod', name: pod })
    if (wish === 'markController' && controller !== undefined) {
      return this.#apply({ kind: 'ReplicationController', name: controller })
    }
    if (wish === 'scale' && controller !== undefined) return this.#scale(controller, chance.whole(0, replicasMax))
    if (wish === 'createController' && this.#controllers.length < controllersMax)
      return this.#create('ReplicationController')
    if (wish === 'remove') return this.#remove()
    return this.#pods.length < podsMax ? this.#create('Pod') : this.#remove()
  }

  async #create(kind: Target['kind']): Promise<void> {
    const name = `${this.#options.name}-${kind === 'Pod' ? 'p' : 'c'}${(this.#count += 1)}`
    // Known before the answer: whether it was made when no answer comes is found out by using it.
    ;(kind === 'Pod' ? this.#pods : this.#controllers).push(name)
    await this.#apply({ kind, name })
  }

  /** Makes it, or changes its mark. The scale of a controller is not among what is applied. */
  async #apply(target: Target): Promise<void> {
    const mark = `${target.name}-${(this.#count += 1)}`
    const manifests = JSON.stringify(manifestOf(target, { mark, writer: this.#options.name }))
    const { apply } = await this.#options.client.mutate<{ apply: { applied: { resource: Written }[] } }>(
      `mutation ($manifests: String!) { apply(manifests: $manifests) { applied { resource { ${written} } } } }`,
      { manifests },
    )
    this.#book(apply.applied[0]?.resource, target, { type: 'mark', mark })
  }

  async #scale(name: string, replicas: number): Promise<void> {
    const { scale } = await this.#options.client.mutate<{ scale: Written }>(
      `mutation ($name: String!, $replicas: Int!) { scale(kind: "rc", name: $name, replicas: $replicas) { ${written} } }`,
      { name, replicas },
    )
    this.#book(scale, { kind: 'ReplicationController', name }, { type: 'replicas', replicas })
  }

  async #remove(): Promise<void> {
    const { chance, client } = this.#options
    const kind = chance.happens(0.7) ? 'Pod' : 'ReplicationController'
    const names = kind === 'Pod' ? this.#pods : this.#controllers
    const name = chance.pick(names)
    if (name === undefined) return
    try {
      const { deleted } = await client.mutate<{ deleted: Written }>(
        `mutation ($name: String!) { deleted: delete${kind}(name: $name) { ${written} } }`,
        { name },
      )
      this.#book(deleted, { kind, name }, { type: 'deletion' })
    } catch (error) {
      // An answer that did not come may have been this one; until it is certain, the object counts as there.
      if (!(error instanceof RequestError) || error.code !== 'NOT_FOUND') throw error
    }
    names.splice(names.indexOf(name), 1)
  }

  #book(answer: Written | undefined, target: Target, content: WrittenContent): void {
    if (answer === undefined) throw new Error(`the answer on ${target.kind} ${target.name} names no object`)
    this.#options.acknowledged.push({ ...target, content, revision: Number(answer.metadata.resourceVersion) })
  }
}

const written = 'name metadata { resourceVersion }'

function manifestOf({ kind, name }: Target, { mark, writer }: { mark: string; writer: string }): object {
  const labels = { app: name, writer }
  const spec = {
    terminationGracePeriodSeconds: 2,
    containers: [{ name: 'main', image: 'none', command: ['sleep', '100000'], resources: { requests: { cpu: '1m' } } }],
  }
  return {
    apiVersion: 'v1',
    kind,
    metadata: { name, labels, annotations: { [markAnnotation]: mark } },
    spec: kind === 'Pod' ? spec : { selector: { app: name }, template: { metadata: { labels }, spec } },
  }
}
