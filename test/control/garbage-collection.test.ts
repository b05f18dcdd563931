import { expect, it } from 'vitest'
import {
  type Dependent,
  type GarbageWorld,
  type OwnerState,
  planGarbage,
} from '../../src/control/garbage-collection.ts'
import type { Operation } from '../../src/model/operation.ts'
import type { Resource } from '../../src/model/resource.ts'
import { controlledBy, type ObjectPart, objectNamed } from '../support/objects.ts'

const now = Date.parse('2026-03-01T00:00:00Z')
const deleting = { deletionTimestamp: '2026-03-01T00:00:00Z', deletionGracePeriodSeconds: 0 }
const owner = objectNamed('ReplicaSet', 'owner')
const foreground = objectNamed('ReplicaSet', 'owner', { metadata: { ...deleting, finalizers: ['foregroundDeletion'] } })
const orphaning = objectNamed('ReplicaSet', 'owner', { metadata: { ...deleting, finalizers: ['orphan'] } })
const other = objectNamed('ReplicaSet', 'other')

interface Row {
  readonly states?: readonly OwnerState[]
  readonly metadata?: ObjectPart['metadata']
  readonly hasDependents?: boolean
  readonly hasWaitingDependents?: boolean
}

/** A pod that names the owner, and a second one when a second state is given. */
function dependent({ states = ['absent'], metadata = {}, ...has }: Row = {}): Dependent {
  const ownerReferences = [owner, other].slice(0, states.length).map(controlledBy)
  const object = objectNamed('Pod', 'pod', { metadata: { ownerReferences, ...metadata } })
  const owners = new Map(states.map((state, index) => [index === 0 ? 'uid-owner' : 'uid-other', state]))
  return { object, owners, hasDependents: false, hasWaitingDependents: false, ...has }
}

function world(part: Partial<GarbageWorld>): GarbageWorld {
  return { uid: 'uid-owner', owner: undefined, dependents: [], hasMore: false, isBlocked: false, now, ...part }
}

/** An operation as a line: what happens to which finalizers, references and marks. */
function line(operation: Operation): string {
  if (operation.type === 'delete') return `delete ${operation.base.metadata.name}`
  const { name, finalizers, ownerReferences, deletionTimestamp } = operation.object.metadata
  const references = ownerReferences?.map((reference) => reference.name + (reference.blockOwnerDeletion ? '!' : ''))
  const marks = [...(deletionTimestamp === undefined ? [] : ['deleting']), ...(finalizers ?? [])]
  return `${operation.type} ${name} [${marks.join(' ')}] owners [${references?.join(' ') ?? ''}]`
}

it.each<[string, Row, string[]]>([
  ['all of whose owners are gone is deleted', { states: ['absent', 'absent'] }, ['delete pod']],
  [
    'that has another owner loses the reference to the one that is gone',
    { states: ['absent', 'present'] },
    ['update pod [] owners [other!]'],
  ],
  [
    'that has another owner loses the reference to the one that waits',
    { states: ['waitingForDependents', 'present'] },
    ['update pod [] owners [other!]'],
  ],
  ['all of whose owners are there is left alone', { states: ['present', 'present'] }, []],
  ['that is being deleted is left to end', { metadata: deleting }, []],
  ['whose owner waits is deleted', { states: ['waitingForDependents'] }, ['delete pod']],
  [
    'whose owner waits, and that has dependents, waits for them in turn',
    { states: ['waitingForDependents'], hasDependents: true },
    ['update pod [deleting foregroundDeletion] owners [owner!]'],
  ],
  [
    'in a circle of waiting no longer blocks its owner',
    { states: ['waitingForDependents'], hasDependents: true, hasWaitingDependents: true },
    ['update pod [deleting foregroundDeletion] owners [owner]'],
  ],
  [
    'whose owners are gone or wait, and that has dependents, waits for them',
    { states: ['absent', 'waitingForDependents'], hasDependents: true },
    ['update pod [deleting foregroundDeletion] owners [owner! other!]'],
  ],
  ['whose owner is gone does not wait for its own dependents', { hasDependents: true }, ['delete pod']],
  [
    'with a finalizer of its own is marked and stays',
    { metadata: { finalizers: ['example.com/hold'] } },
    ['update pod [deleting example.com/hold] owners [owner!]'],
  ],
  [
    'that asked to orphan its dependents does so',
    { metadata: { finalizers: ['orphan'] } },
    ['update pod [deleting orphan] owners [owner!]'],
  ],
  [
    'that asked for foreground deletion gets it',
    { metadata: { finalizers: ['foregroundDeletion'] } },
    ['update pod [deleting foregroundDeletion] owners [owner!]'],
  ],
])('a dependent %s', (_, row, lines) => {
  const { metadata, ...rest } = row
  const references = metadata === undefined ? {} : { metadata: { ownerReferences: [controlledBy(owner)], ...metadata } }
  expect(planGarbage(world({ dependents: [dependent({ ...rest, ...references })] })).operations.map(line)).toEqual(
    lines,
  )
})

it('every change is made from the version that was seen', () => {
  const waiting = dependent({ states: ['waitingForDependents'], hasDependents: true, hasWaitingDependents: true })
  const [operation] = planGarbage(world({ dependents: [waiting] })).operations
  expect(operation?.type === 'update' && operation.base).toBe(waiting.object)
})

it.each<[string, Resource, Partial<GarbageWorld>, string[]]>([
  ['that is simply there is left alone', owner, {}, []],
  [
    'that is being deleted in the background is left alone',
    { ...owner, metadata: { ...owner.metadata, ...deleting } },
    {},
    [],
  ],
  ['that waits for dependents stays while one blocks it', foreground, { isBlocked: true }, []],
  ['that waited for dependents goes when none blocks it', foreground, {}, ['delete owner']],
  [
    'that orphans stays until its dependents have forgotten it',
    orphaning,
    { dependents: [dependent({ states: ['present', 'present'] })] },
    ['update pod [] owners [other!]'],
  ],
  [
    'that orphans lets even those go that are being deleted',
    orphaning,
    {
      dependents: [
        dependent({ states: ['present'], metadata: { ...deleting, ownerReferences: [controlledBy(owner)] } }),
      ],
    },
    ['update pod [deleting] owners []'],
  ],
  ['that orphaned goes when nobody names it', orphaning, {}, ['delete owner']],
])('an owner %s', (_, object, part, lines) => {
  expect(planGarbage(world({ owner: object, ...part })).operations.map(line)).toEqual(lines)
})

it('an owner with another finalizer keeps that one', () => {
  const held = {
    ...foreground,
    metadata: { ...foreground.metadata, finalizers: ['foregroundDeletion', 'example.com/hold'] },
  }
  expect(planGarbage(world({ owner: held })).operations.map(line)).toEqual([
    'update owner [deleting example.com/hold] owners []',
  ])
})

it('what does not fit into one pass is done in the next, at once', () => {
  expect(planGarbage(world({ dependents: [dependent()], hasMore: true })).requeueAfterMs).toBe(0)
  expect(planGarbage(world({ dependents: [dependent()] })).requeueAfterMs).toBeUndefined()
})
