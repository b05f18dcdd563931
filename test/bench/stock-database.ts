import { randomUUID } from 'node:crypto'
import { simulatedNodes } from '../../src/agent/node.ts'
import type { Operation } from '../../src/model/operation.ts'
import type { Resource } from '../../src/model/resource.ts'
import { Store } from '../../src/store/store.ts'
import { takeJob, tell, tellProgress } from './part.ts'
import { podObject } from './stock-objects.ts'

/** What a stocked database is to hold. */
export interface StockJob {
  readonly file: string
  readonly nodes: number
  readonly pods: number
}

const batchSize = 1_000

/**
 * Fills a database through the store, with nobody else at work: machines, and running pods that are spread over them. Pod
 * number n is called `stock-` and n in six digits; one in a hundred has the label `share=one`, one in two `half=yes`.
 */
const { file, nodes, pods } = await takeJob<StockJob>()
const store = await Store.open({ file })
await createAll(stockNodes())
await createAll(Array.from({ length: pods }, (_, index) => stockPod(index)))
await store.close()
tell({ done: true })

async function createAll(objects: readonly Resource[]): Promise<void> {
  for (let first = 0; first < objects.length; first += batchSize) {
    const operations = objects.slice(first, first + batchSize).map((object): Operation => ({ type: 'create', object }))
    const outcomes = await store.commit(operations, { actor: 'system:bench' })
    const refused = outcomes.find((outcome) => !outcome.ok)
    if (refused?.ok === false) throw refused.refusal
    tellProgress(`filling the database: ${first + operations.length} of ${objects.length}`)
  }
}

function stockNodes(): Resource[] {
  const now = Date.now()
  return simulatedNodes({ count: nodes, now }).map((manifest) => {
    const { metadata, ...rest } = manifest as unknown as Resource
    const creationTimestamp = `${new Date(now).toISOString().slice(0, 19)}Z`
    return { ...rest, metadata: { ...metadata, uid: randomUUID(), creationTimestamp } } as Resource
  })
}

function stockPod(index: number): Resource {
  const labels = {
    app: 'stock',
    tier: index % 3 === 0 ? 'backend' : 'frontend',
    share: index % 100 === 0 ? 'one' : 'rest',
    half: index % 2 === 0 ? 'yes' : 'no',
  }
  const name = `stock-${String(index).padStart(6, '0')}`
  const nodeName = `sim-${String(index % nodes).padStart(5, '0')}`
  return podObject({ name, uid: randomUUID(), nodeName, labels }, 'running') as unknown as Resource
}
