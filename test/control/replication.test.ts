import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Plan } from '../../src/control/controller.ts'
import { type PodSet, planReplication, podsPerPassMax, type ReplicationWorld } from '../../src/control/replication.ts'
import { Refusal } from '../../src/model/errors.ts'
import type { Pod } from '../../src/model/kinds/pod.ts'
import type { ReplicaSet } from '../../src/model/kinds/replica-set.ts'
import { controllerOf } from '../../src/model/resource.ts'
import { matches, selectorOfMap } from '../../src/model/selector.ts'
import { controlledBy, type ObjectPart, objectNamed } from '../support/objects.ts'

const now = Date.parse('2026-03-01T00:00:00Z')
const ago = (seconds: number) => new Date(now - seconds * 1_000).toISOString()
const deleting = { deletionTimestamp: '2026-03-01T00:00:00Z' }
const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web' }] } }

function setOf(replicas: number, part: ObjectPart = {}): ReplicaSet {
  const spec = { replicas, selector: { matchLabels: { app: 'web' } }, template, ...part.spec }
  return objectNamed('ReplicaSet', 'web', { ...part, spec, metadata: { generation: 1, ...part.metadata } })
}

/** A running, ready pod of the set, on a node. */
function podOf(name: string, part: ObjectPart = {}): Pod {
  const metadata = { labels: template.metadata.labels, ownerReferences: [controlledBy(setOf(0))], ...part.metadata }
  const ready = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: ago(60) }] }
  return objectNamed('Pod', name, { spec: { nodeName: `node-of-${name}` }, status: ready, ...part, metadata })
}

function orphan(name: string, part: ObjectPart = {}): Pod {
  const { ownerReferences: _, ...metadata } = podOf(name, part).metadata
  return { ...podOf(name, part), metadata }
}

function world(set: PodSet | undefined, part: Partial<ReplicationWorld> = {}): ReplicationWorld {
  const selector = selectorOfMap({ app: 'web' })
  const none = { owned: [], orphans: [], related: [], refused: undefined }
  return { set, selector, namespaceIsActive: true, isTaken: () => false, now, ...none, ...part }
}

/** Names and uids in order of making, so that a plan can be compared. */
function maker() {
  let made = 0
  let seed = 1
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
  return { newUid: () => `made-${(made += 1)}`, random }
}

function plan(input: ReplicationWorld): Plan {
  return planReplication(input, maker())
}

/** What a plan does, in short; the pods that are made have no settled name. */
function summary({ operations }: Plan): string[] {
  return operations.map((operation) => {
    if (operation.type === 'create') return 'create pod'
    const object = operation.type === 'delete' ? operation.base : operation.object
    if (object.kind !== 'Pod') return `status ${JSON.stringify(object['status'])}`
    if (operation.type === 'delete') return `delete ${object.metadata.name}`
    if (object.metadata.deletionTimestamp !== undefined) return `end ${object.metadata.name}`
    return `${controllerOf(object) === undefined ? 'release' : 'adopt'} ${object.metadata.name}`
  })
}

const counts = (replicas: number, ready = replicas) =>
  `status {"replicas":${replicas},"fullyLabeledReplicas":${replicas},"readyReplicas":${ready},"availableReplicas":${ready},"observedGeneration":1}`

it.each<[string, ReplicationWorld, string[]]>([
  ['that is gone does nothing', world(undefined, { owned: [podOf('a')] }), []],
  [
    'that is being deleted counts its pods, and makes, adopts and releases none',
    world(setOf(3, { metadata: deleting }), {
      owned: [podOf('a'), podOf('b', { metadata: deleting }), podOf('c', { metadata: { labels: { app: 'db' } } })],
      orphans: [orphan('d')],
    }),
    [counts(1)],
  ],
  ['that is being deleted ends no pods', world(setOf(0, { metadata: deleting }), { owned: [podOf('a')] }), [counts(1)]],
  ['that selects nothing does nothing', world(setOf(3), { selector: [] }), []],
  ['creates what is missing', world(setOf(3), { owned: [podOf('a')] }), ['create pod', 'create pod', counts(3, 1)]],
  [
    'wants one pod when it does not say how many',
    world(setOf(1, { spec: { replicas: undefined } })),
    ['create pod', counts(1, 0)],
  ],
  [
    'does not count pods that have ended',
    world(setOf(1), {
      owned: [podOf('a', { status: { phase: 'Failed' } }), podOf('b', { status: { phase: 'Succeeded' } })],
    }),
    ['create pod', counts(1, 0)],
  ],
  [
    'does not wait for pods that are being deleted',
    world(setOf(1), { owned: [podOf('a', { metadata: deleting })] }),
    ['create pod', counts(1, 0)],
  ],
  [
    'ends the surplus',
    world(setOf(1), { owned: [podOf('a'), podOf('b', { status: { phase: 'Running' } })] }),
    ['end b', counts(1)],
  ],
  [
    'deletes at once what no machine has',
    world(setOf(1), { owned: [podOf('a'), podOf('b', { spec: {}, status: { phase: 'Pending' } })] }),
    ['delete b', counts(1)],
  ],
  ['shrinks to none', world(setOf(0), { owned: [podOf('a'), podOf('b')] }), ['end a', 'end b', counts(0)]],
  [
    'adopts an orphan that matches instead of creating',
    world(setOf(1), { orphans: [orphan('a')] }),
    ['adopt a', counts(1)],
  ],
  [
    'adopts no orphan that has ended',
    world(setOf(0), { orphans: [orphan('a', { status: { phase: 'Failed' } })] }),
    [counts(0)],
  ],
  [
    'adopts no orphan that is being deleted',
    world(setOf(0), { orphans: [orphan('a', { metadata: deleting })] }),
    [counts(0)],
  ],
  [
    'adopts no orphan that does not match',
    world(setOf(0), { orphans: [orphan('a', { metadata: { labels: { app: 'db' } } })] }),
    [counts(0)],
  ],
  [
    'releases a pod that no longer matches, and replaces it',
    world(setOf(1), { owned: [podOf('a', { metadata: { labels: { app: 'debug' } } })] }),
    ['release a', 'create pod', counts(1, 0)],
  ],
  ['ends an adopted pod only after its adoption', world(setOf(0), { orphans: [orphan('a')] }), ['adopt a', counts(1)]],
  ['creates nothing in a namespace that is being deleted', world(setOf(3), { namespaceIsActive: false }), [counts(0)]],
])('a set %s', (_, input, expected) => {
  expect(summary(plan(input))).toEqual(expected)
})

it('a pod is made of the template, belongs to the set and shares its spec with its siblings', () => {
  const set = setOf(2, {
    spec: { template: { ...template, metadata: { ...template.metadata, annotations: { a: 'b' } } } },
  })
  const pods = plan(world(set)).operations.flatMap((operation) =>
    operation.type === 'create' ? [operation.object] : [],
  )
  expect(pods[0]).toMatchObject({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: 'web-',
      namespace: 'default',
      uid: 'made-1',
      creationTimestamp: '2026-03-01T00:00:00Z',
      labels: { app: 'web' },
      annotations: { a: 'b' },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: 'web',
          uid: 'uid-web',
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: { containers: [{ name: 'web', image: 'web' }] },
    status: { phase: 'Pending', qosClass: 'BestEffort' },
  })
  expect(pods[0]?.metadata.name).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/)
  expect(pods[0]?.['spec']).toBe(pods[1]?.['spec'])
  expect(pods[0]?.metadata.ownerReferences).toBe(pods[1]?.metadata.ownerReferences)
})

it('no two pods of a plan have the same name, nor that of a pod that is there', () => {
  let drawn = 0
  const random = () => (Math.floor((drawn += 1) / 10) % 27) / 27
  const taken = new Set<string>()
  const isTaken = (name: string) => taken.has(name)
  const { operations } = planReplication(world(setOf(9), { isTaken }), { random, newUid: () => 'uid' })
  const names = operations.flatMap((operation) => (operation.type === 'create' ? [operation.object.metadata.name] : []))
  expect(new Set(names).size).toBe(9)
  for (const name of names) taken.add(name)
  const again = planReplication(world(setOf(9), { isTaken }), { random, newUid: () => 'uid' }).operations
  for (const operation of again)
    expect(operation.type === 'create' && isTaken(operation.object.metadata.name)).toBe(false)
})

it('what does not fit into one pass follows at once', () => {
  const first = plan(world(setOf(podsPerPassMax + 1)))
  expect(first.operations.filter(({ type }) => type === 'create')).toHaveLength(podsPerPassMax)
  expect(first.requeueAfterMs).toBe(0)
  expect(plan(world(setOf(podsPerPassMax))).requeueAfterMs).toBeUndefined()
})

it('events tell each pod that is created or deleted, up to what the recorder lets through', () => {
  const created = plan(world(setOf(40)))
  expect(created.events).toHaveLength(25)
  const name = created.operations[0]?.type === 'create' ? created.operations[0].object.metadata.name : ''
  expect(created.events?.[0]).toMatchObject({
    type: 'Normal',
    reason: 'SuccessfulCreate',
    message: `Created pod: ${name}`,
  })
  const [event] = plan(world(setOf(0), { owned: [podOf('a')] })).events ?? []
  expect(event).toMatchObject({ reason: 'SuccessfulDelete', message: 'Deleted pod: a', regarding: setOf(0) })
})

it('after a refusal one pod is tried alone and the set says why it is not complete, until it succeeds', () => {
  const refusal = new Refusal('QUOTA_EXCEEDED', 'exceeded quota: pods')
  const refused = { operation: { type: 'create', object: podOf('x') } as const, refusal }
  const failing = plan(world(setOf(3), { refused }))
  expect(summary(failing).filter((line) => line === 'create pod')).toHaveLength(1)
  const operation = failing.operations.at(-1)
  const failed = operation?.type === 'update' ? (operation.object as ReplicaSet) : undefined
  expect(failed?.status).toMatchObject({
    conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: 'exceeded quota: pods' }],
  })
  const [recovered] = summary(plan(world(failed, { owned: [podOf('a'), podOf('b'), podOf('c')] })))
  expect(recovered).toBe(counts(3))
})

it.each([
  { minReadySeconds: 0, readyFor: 0, available: 1, again: undefined },
  { minReadySeconds: 60, readyFor: 60, available: 0, again: 1 },
  { minReadySeconds: 60, readyFor: 61, available: 1, again: undefined },
  { minReadySeconds: 60, readyFor: 20, available: 0, again: 40_001 },
])('a pod that is ready for $readyFor s, and has to be for $minReadySeconds s: $available available', (row) => {
  const conditions = [{ type: 'Ready', status: 'True', lastTransitionTime: ago(row.readyFor) }]
  const pod = podOf('a', { status: { phase: 'Running', conditions } })
  const input = world(setOf(1, { spec: { minReadySeconds: row.minReadySeconds } }), { owned: [pod] })
  const { operations, requeueAfterMs } = plan(input)
  const [operation] = operations
  expect(operation?.type === 'update' && operation.object['status']).toMatchObject({ availableReplicas: row.available })
  expect(requeueAfterMs).toBe(row.again)
})

const anyPod = fc.record({
  owned: fc.boolean(),
  matches: fc.boolean(),
  isDeleting: fc.boolean(),
  phase: fc.constantFrom('Pending', 'Running', 'Unknown', 'Succeeded', 'Failed'),
  assigned: fc.boolean(),
})

const anyWorld = fc
  .record({ replicas: fc.nat(8), minReadySeconds: fc.constantFrom(0, 30), pods: fc.array(anyPod, { maxLength: 12 }) })
  .map(({ replicas, minReadySeconds, pods }) => {
    const made = pods.map((part, index) => {
      const name = `pod-${index}`
      const metadata = { ...(part.matches ? {} : { labels: {} }), ...(part.isDeleting ? deleting : {}) }
      const spec = part.assigned ? { nodeName: 'n1' } : {}
      return (part.owned ? podOf : orphan)(name, { metadata, spec, status: { phase: part.phase } })
    })
    return observed(setOf(replicas, { spec: { minReadySeconds } }), made)
  })

/** The world that the controller would see: who is whose, and only orphans that match. */
function observed(set: PodSet, pods: readonly Pod[]): ReplicationWorld {
  const selector = selectorOfMap({ app: 'web' })
  return world(set, {
    owned: pods.filter((pod) => controllerOf(pod) !== undefined),
    orphans: pods.filter((pod) => controllerOf(pod) === undefined && matches(selector, pod.metadata.labels)),
    isTaken: (name) => pods.some((pod) => pod.metadata.name === name),
  })
}

function applied(input: ReplicationWorld, { operations }: Plan): ReplicationWorld {
  const pods = new Map([...input.owned, ...input.orphans].map((pod) => [pod.metadata.name, pod]))
  let set = input.set
  for (const operation of operations) {
    const object = operation.type === 'delete' ? operation.base : operation.object
    if (object.kind !== 'Pod') set = object as PodSet
    else if (operation.type === 'delete') pods.delete(object.metadata.name)
    else pods.set(object.metadata.name, object as Pod)
  }
  return observed(set as PodSet, [...pods.values()])
}

it('what a plan has done needs no further plan', () => {
  fc.assert(
    fc.property(anyWorld, (before) => {
      const first = plan(before)
      let after = applied(before, first)
      // Pods that were adopted only to be ended are ended in a second pass, which the first one asks for.
      if (first.requeueAfterMs === 0)
        after = applied(after, planReplication(after, { ...maker(), random: Math.random }))
      expect(plan(after).operations).toEqual([])
      const active = after.owned.filter(({ status, metadata }) => {
        return status?.phase !== 'Succeeded' && status?.phase !== 'Failed' && metadata.deletionTimestamp === undefined
      })
      expect(active).toHaveLength(before.set?.spec.replicas ?? 0)
    }),
  )
})

it('a plan does not depend on the order in which pods are found', () => {
  const scene = anyWorld.chain((input) => {
    const shuffled = fc.shuffledSubarray([...input.owned], { minLength: input.owned.length })
    return fc.record({ input: fc.constant(input), owned: shuffled })
  })
  fc.assert(
    fc.property(scene, ({ input, owned }) => {
      expect(summary(plan({ ...input, owned })).toSorted()).toEqual(summary(plan(input)).toSorted())
    }),
  )
})
