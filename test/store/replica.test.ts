import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Resource } from '../../src/model/resource.ts'
import { matches, parseSelector } from '../../src/model/selector.ts'
import { MemoryReplica, nodeNameOf } from '../../src/store/replica.ts'
import { sortKeyOf } from '../../src/store/sorted-index.ts'
import { MemoryStore } from '../support/memory-store.ts'
import { objectNamed } from '../support/objects.ts'
import { operationOf, type Step, steps } from '../support/random-changes.ts'

const selectors = fc.constantFrom(
  '',
  'app',
  '!app',
  'app=web',
  'app=',
  'app!=web',
  'app in (web,db)',
  'app in (web,web)',
  'app notin (db)',
  'app=web,app=db',
  'tier=db,app',
  'tier in (web,db),app in (web)',
  'app=none',
  'constructor',
  'toString',
)
const namespaces = fc.constantFrom(undefined, '', 'a', 'ab', 'b', 'none')
const names = fc.constantFrom(undefined, undefined, 'x', 'x-1', 'none')
const wanted = fc.record({ namespace: namespaces, name: names })
const kinds = fc.constantFrom('Pod', 'Node', 'Absent')
const afters = fc.option(
  fc.tuple(fc.constantFrom('', 'a', 'ab', 'b', 'c'), fc.constantFrom('', 'x', 'x-1', 'y', 'zz')),
  {
    nil: undefined,
  },
)

async function build(changes: readonly Step[]): Promise<{ replica: MemoryReplica; plain: Resource[] }> {
  const store = new MemoryStore()
  const plain = new Map<string, Resource>()
  let count = 0
  for (const step of changes) {
    const operation = operationOf(step, store.replica, (count += 1))
    if (operation === undefined) continue
    const object = await store.apply(operation)
    if (operation.type === 'delete') plain.delete(object.metadata.uid)
    else plain.set(object.metadata.uid, object)
  }
  return { replica: store.replica, plain: [...plain.values()] }
}

function sortKey({ metadata }: Resource): string {
  return sortKeyOf(metadata.namespace ?? '', metadata.name)
}

function inOrder(objects: readonly Resource[]): Resource[] {
  return [...objects].sort((left, right) => (sortKey(left) < sortKey(right) ? -1 : 1))
}

describe('the replica', () => {
  it('lists, selects and counts what a filter and a sort over all objects would find', async () => {
    await fc.assert(
      fc.asyncProperty(
        steps,
        kinds,
        wanted,
        selectors,
        afters,
        async (changes, kind, { namespace, name }, text, place) => {
          const { replica, plain } = await build(changes)
          const selector = parseSelector(text)
          const after = place === undefined ? undefined : sortKeyOf(...place)
          const found = inOrder(
            plain.filter(
              (object) =>
                object.kind === kind &&
                (namespace === undefined || object.metadata.namespace === namespace) &&
                (name === undefined || object.metadata.name === name) &&
                matches(selector, object.metadata.labels),
            ),
          )
          expect([...replica.list(kind, { namespace, name, selector })]).toEqual(found)
          expect(replica.count(kind, { namespace, name, selector })).toBe(found.length)
          const rest = found.filter((object) => after === undefined || sortKey(object) > after)
          expect([...replica.select(kind, { namespace, name, selector, after })].map(({ object }) => object)).toEqual(
            rest,
          )
        },
      ),
      { numRuns: 500 },
    )
  })

  it('finds objects by key, uid, owner and node', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (changes) => {
        const { replica, plain } = await build(changes)
        for (const object of plain) {
          const { namespace = '', name, uid } = object.metadata
          expect(replica.get({ kind: object.kind, namespace, name })).toBe(object)
          expect(replica.byUid(uid)).toBe(object)
        }
        for (const owner of ['o1', 'o2']) {
          const owned = plain.filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uid === owner))
          expect(new Set(replica.ownedBy(owner))).toEqual(new Set(owned))
        }
        for (const node of ['n1', 'n2']) {
          const bound = plain.filter((object) => object.kind === 'Pod' && nodeNameOf(object) === node)
          expect(new Set(replica.onNode(node))).toEqual(new Set(bound))
        }
      }),
      { numRuns: 200 },
    )
  })

  it('ignores changes that it has taken in before', () => {
    const replica = new MemoryReplica()
    const told: number[] = []
    replica.onChanges((changes) => void told.push(...changes.map(({ revision }) => revision)))
    const object = objectNamed('Pod', 'a')
    const added = { revision: 1, type: 'ADDED' as const, object, actor: 'me', at: 0 }
    const deleted = { revision: 2, type: 'DELETED' as const, object, actor: 'me', at: 0 }
    replica.apply([added, deleted], 2, false)
    replica.apply([added], 1, false)
    expect(replica.count('Pod')).toBe(0)
    expect(replica.revision).toBe(2)
    expect(told).toEqual([1, 2])
  })

  it('tells nobody who has stopped listening', () => {
    const replica = new MemoryReplica()
    const told: number[] = []
    replica.onChanges(() => told.push(1))()
    replica.apply([{ revision: 1, type: 'ADDED', object: objectNamed('Pod', 'a'), actor: 'me', at: 0 }], 1, false)
    expect(told).toEqual([])
  })
})
