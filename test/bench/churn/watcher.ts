import { Histogram } from '../histogram.ts'
import { subscribeLightly } from '../light-subscriber.ts'
import { takeJob, tell, tellProgress } from '../part.ts'
import type { WatchResult } from './churn.ts'

interface Job {
  readonly port: number
  readonly after: string
  readonly pods: number
}

interface Message {
  readonly payload: {
    readonly data: {
      readonly podEvents: {
        readonly type: string
        readonly at: string
        readonly pod: { readonly uid: string; readonly status: { readonly phase: string } | null } | null
      }
    } | null
    readonly errors?: readonly { readonly message: string }[]
  }
}

/** Follows the pods of the cluster until so many have been seen running, and tells how long each took from its creation. */
const { port, after, pods } = await takeJob<Job>()
const createdAt = new Map<string, number>()
const waiting = new Set<string>()
const createToRunning = new Histogram()

await subscribeLightly({
  port,
  query: `subscription ($after: ResourceVersion!) {
    podEvents(after: $after) { type resourceVersion at pod { name uid status { phase } } }
  }`,
  variables: { after },
  onMessage: (message, arrivedMs) => see(JSON.parse(message.toString()) as Message, arrivedMs),
  onLost: (why) => {
    throw new Error(`the subscription was lost: ${why}`)
  },
})

function see({ payload }: Message, arrivedMs: number): void {
  const event = payload.data?.podEvents
  if (event === undefined) throw new Error(`an event could not be told: ${payload.errors?.[0]?.message}`)
  const { type, at, pod } = event
  if (pod === null) return
  if (type === 'ADDED' && !createdAt.has(pod.uid)) {
    createdAt.set(pod.uid, Date.parse(at))
    waiting.add(pod.uid)
  }
  if (pod.status?.phase === 'Running' && waiting.delete(pod.uid)) {
    createToRunning.record(arrivedMs - (createdAt.get(pod.uid) ?? Number.NaN))
    if (createToRunning.count === pods) {
      tell({ lastRunningAt: arrivedMs, createToRunning: createToRunning.steps() } satisfies WatchResult)
    }
  }
  tellProgress(`${createdAt.size} pods created, ${createToRunning.count} running`)
}
