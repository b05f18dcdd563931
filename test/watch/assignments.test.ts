import { describe, expect, it, onTestFinished } from 'vitest'
import type { Resource } from '../../src/model/resource.ts'
import type { Store } from '../../src/store/store.ts'
import { type AssignmentBatch, Assignments } from '../../src/watch/assignments.ts'
import { MemoryStore } from '../support/memory-store.ts'
import { objectNamed } from '../support/objects.ts'

function cluster() {
  const store = new MemoryStore()
  const assignments = new Assignments(store as unknown as Store)
  onTestFinished(() => assignments.close())
  return { store, assignments }
}

const pod = (name: string, nodeName?: string) =>
  objectNamed('Pod', name, { spec: nodeName === undefined ? {} : { nodeName } })
const create = (store: MemoryStore, object: Resource) => store.apply({ type: 'create', object })
const change = (store: MemoryStore, base: Resource, part: Partial<Resource>) =>
  store.apply({ type: 'update', base, object: { ...base, ...part } })

function told({ complete, pods, removed }: AssignmentBatch): string {
  const names = pods.map(({ metadata }) => `${metadata.name}@${metadata.resourceVersion}`)
  return `${complete ? 'complete' : 'part'} [${names.join(' ')}] [${removed.join(' ')}]`
}

async function next(batches: AsyncGenerator<AssignmentBatch>): Promise<string> {
  const result = await batches.next()
  return result.done === true ? 'done' : told(result.value)
}

function followed(assignments: Assignments): number {
  return (Reflect.get(assignments, 'byNode') as Map<string, unknown>).size
}

describe('the assignments of a node', () => {
  it('are first all of its pods, then complete, then what changes', async () => {
    const { store, assignments } = cluster()
    await create(store, pod('a', 'n1'))
    await create(store, pod('b', 'n2'))
    await create(store, pod('c', 'n3'))
    const waiting = await create(store, pod('d'))
    const batches = assignments.follow(['n1', 'n2'])
    expect(await next(batches)).toBe('part [a@1 b@2] []')
    expect(await next(batches)).toBe('complete [] []')
    const bound = await change(store, waiting, { spec: { nodeName: 'n1' } })
    expect(await next(batches)).toBe('complete [d@5] []')
    await store.apply({ type: 'delete', base: bound })
    expect(await next(batches)).toBe('complete [] [uid-d]')
    await batches.return(undefined)
  })

  it('are complete at once where there are none, so that an agent may stop what it has left over', async () => {
    const { assignments } = cluster()
    const batches = assignments.follow(['n1'])
    expect(await next(batches)).toBe('complete [] []')
    await batches.return(undefined)
  })

  it('come in pieces where they are many', async () => {
    const { store, assignments } = cluster()
    for (let index = 0; index < 1_001; index += 1) await create(store, pod(`p${index}`, 'n1'))
    const batches = assignments.follow(['n1'])
    const sizes = [
      (await batches.next()).value,
      (await batches.next()).value,
      (await batches.next()).value,
    ] as AssignmentBatch[]
    expect(sizes.map(({ pods, complete }) => [pods.length, complete])).toEqual([
      [1_000, false],
      [1, false],
      [0, true],
    ])
    await batches.return(undefined)
  })

  it('are merged while the agent is busy: the newest version of each pod, and what has gone', async () => {
    const { store, assignments } = cluster()
    const batches = assignments.follow(['n1'])
    expect(await next(batches)).toBe('complete [] []')
    let a = await create(store, pod('a', 'n1'))
    const b = await create(store, pod('b', 'n1'))
    for (const phase of ['Pending', 'Running', 'Succeeded']) a = await change(store, a, { status: { phase } })
    await store.apply({ type: 'delete', base: b })
    expect(await next(batches)).toBe('complete [a@5] [uid-b]')
    await batches.return(undefined)
  })

  it('that change while they are first told are told again', async () => {
    const { store, assignments } = cluster()
    const a = await create(store, pod('a', 'n1'))
    const batches = assignments.follow(['n1'])
    expect(await next(batches)).toBe('part [a@1] []')
    await store.apply({ type: 'delete', base: a })
    expect(await next(batches)).toBe('complete [] []')
    expect(await next(batches)).toBe('complete [] [uid-a]')
    await batches.return(undefined)
  })
})

describe('a follower', () => {
  it('that returns while it waits ends at once and is forgotten', async () => {
    const { assignments } = cluster()
    const batches = assignments.follow(['n1', 'n2'])
    await next(batches)
    const waiting = next(batches)
    expect(followed(assignments)).toBe(2)
    expect(await batches.return(undefined)).toEqual({ done: true, value: undefined })
    expect(await waiting).toBe('done')
    expect(followed(assignments)).toBe(0)
  })

  it('whose signal aborts ends, waiting or not, and is forgotten also if it never asks again', async () => {
    const { assignments } = cluster()
    const abort = new AbortController()
    const [waits, idles] = [assignments.follow(['n1'], abort.signal), assignments.follow(['n2'], abort.signal)]
    await Promise.all([next(waits), next(idles)])
    const waiting = next(waits)
    abort.abort()
    expect(followed(assignments)).toBe(0)
    expect(await waiting).toBe('done')
    expect(await next(idles)).toBe('done')
  })

  it('whose signal had aborted before is never followed for', async () => {
    const { assignments } = cluster()
    expect(await next(assignments.follow(['n1'], AbortSignal.abort()))).toBe('done')
    expect(followed(assignments)).toBe(0)
  })

  it('ends when the server closes', async () => {
    const { store, assignments } = cluster()
    const batches = assignments.follow(['n1'])
    await next(batches)
    const waiting = next(batches)
    assignments.close()
    expect(await waiting).toBe('done')
    expect(followed(assignments)).toBe(0)
    await create(store, pod('a', 'n1'))
  })
})
