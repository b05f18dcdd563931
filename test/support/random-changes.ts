import fc from 'fast-check'
import type { Operation } from '../../src/model/operation.ts'
import type { Resource } from '../../src/model/resource.ts'
import type { Replica } from '../../src/store/replica.ts'
import { objectNamed } from './objects.ts'

/** One random step in the life of one object: it is made or changed (with these properties), or removed. */
export interface Step {
  readonly kind: 'Pod' | 'Node'
  readonly namespace: string
  readonly name: string
  readonly removed: boolean
  readonly labels: Readonly<Record<string, string>>
  readonly nodeName: string
  readonly owner: string
}

/** Few keys, so that objects meet: the same key is made, changed, removed and made again. */
export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('Pod', 'Pod', 'Node'),
    namespace: fc.constantFrom('a', 'a', 'ab', 'b'),
    name: fc.constantFrom('x', 'x', 'y', 'x-1'),
    removed: fc.constantFrom(true, false, false),
    labels: fc.dictionary(fc.constantFrom('app', 'tier', 'constructor'), fc.constantFrom('web', 'db', ''), {
      noNullPrototype: true,
    }),
    nodeName: fc.constantFrom('', 'n1', 'n2'),
    owner: fc.constantFrom('', 'o1', 'o2'),
  }),
  { minLength: 1, maxLength: 40 },
)

/** The operation that a step means now; undefined when there is nothing to remove. Uids are `uid-COUNT`. */
export function operationOf(step: Step, replica: Replica, count: number): Operation | undefined {
  const base = replica.get(step)
  if (step.removed) return base === undefined ? undefined : { type: 'delete', base }
  if (base === undefined) return { type: 'create', object: objectOf(step, `uid-${count}`) }
  return { type: 'update', base, object: objectOf(step, base.metadata.uid) }
}

function objectOf({ kind, namespace, name, labels, nodeName, owner }: Step, uid: string): Resource {
  const ownerReferences = owner === '' ? [] : [{ apiVersion: 'v1', kind: 'Owner', name: owner, uid: owner }]
  return objectNamed(kind, name, {
    metadata: { namespace, uid, labels, ownerReferences },
    spec: { ...(nodeName === '' ? {} : { nodeName }), containers: [] },
  })
}
