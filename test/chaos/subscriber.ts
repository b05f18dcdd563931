import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from '../../src/client/client.ts'
import { RequestError } from '../../src/client/request-error.ts'
import type { LogEntry, SeenEvent } from './ledger.ts'

/** What a subscriber asks for, and which entries of the log it must hear of, each once and in order. */
export interface Subscription {
  readonly name: string
  readonly field: 'podEvents' | 'resourceEvents'
  readonly args: string
  readonly concerns: (entry: LogEntry) => boolean
}

interface EventAnswer {
  readonly type: string
  readonly resourceVersion: string
  readonly object: { readonly uid: string; readonly kind: string } | null
}

/** Whoever is told so has been cut off, or is too slow, and goes on where it was. */
const expectedCodes: ReadonlySet<string> = new Set(['UNAVAILABLE', 'SLOW_CONSUMER'])

/** The questions that are asked: of one kind, of all kinds, of some of them, of a selection. */
export const subscriptions: readonly Subscription[] = [
  { name: 'pods', field: 'podEvents', args: '', concerns: ({ kind }) => kind === 'Pod' },
  { name: 'everything', field: 'resourceEvents', args: '', concerns: () => true },
  {
    name: 'controllers and nodes',
    field: 'resourceEvents',
    args: 'kinds: ["ReplicationController", "Node"], ',
    concerns: ({ kind }) => kind === 'ReplicationController' || kind === 'Node',
  },
  {
    name: 'objects of one writer',
    field: 'resourceEvents',
    args: 'labelSelector: "writer=w1", ',
    concerns: ({ object }) => object.metadata.labels?.['writer'] === 'w1',
  },
]

/** Follows the log from its beginning, and after each loss goes on behind the event that it saw last. */
export class Subscriber {
  readonly subscription: Subscription
  /** Everything that was told, in the order in which it came. */
  readonly seen: SeenEvent[] = []
  readonly #client: Client
  #last = '0'
  #resumptions = 0

  constructor(subscription: Subscription, client: Client) {
    this.subscription = subscription
    this.#client = client
  }

  get resumptions(): number {
    return this.#resumptions
  }

  /** Follows until the signal comes. Throws when the stream ends for a reason that is none. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#follow(signal)
      } catch (error) {
        if (!(error instanceof RequestError) || !expectedCodes.has(error.code)) throw error
        this.#resumptions += 1
      }
      await delay(50)
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { field, args } = this.subscription
    const object = field === 'podEvents' ? 'object: pod' : 'object: resource'
    const document = `subscription ($after: ResourceVersion) {
      events: ${field}(${args}after: $after, mask: false) { type resourceVersion ${object} { uid kind } } }`
    const stream = this.#client.subscribe<{ events: EventAnswer }>(document, { after: this.#last })
    const leave = () => void stream.return?.()
    signal.addEventListener('abort', leave, { once: true })
    try {
      for await (const { events: event } of stream) {
        this.#last = event.resourceVersion
        if (event.object === null) continue
        const { kind, uid } = event.object
        this.seen.push({ revision: Number(event.resourceVersion), type: event.type, kind, uid })
      }
    } finally {
      signal.removeEventListener('abort', leave)
    }
  }
}
