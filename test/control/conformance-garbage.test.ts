import { describe, expect, it } from 'vitest'
import type { Resource } from '../../src/model/resource.ts'
import { MemoryReplica } from '../../src/store/replica.ts'
import { describeConformance } from '../support/conformance.ts'
import { objectNamed } from '../support/objects.ts'

interface GarbageRow {
  readonly name: string
  readonly events: readonly {
    /** 0: added, 1: updated, 2: deleted. */
    readonly eventType: 0 | 1 | 2
    readonly obj: { readonly metadata: { readonly uid: string; readonly ownerReferences?: readonly { uid: string }[] } }
  }[]
}

const eventTypes = ['ADDED', 'MODIFIED', 'DELETED'] as const

/** Tables of 05o that other tests read, and those of kinds that there are not yet. */
const readElsewhere = new Set([
  'activePodsDeletionOrder',
  'replicaSetPodsToDelete',
  'calculateStatus',
  'calculateStatusConditions',
])
const withoutKind: Readonly<Record<string, string>> = {
  computeHashCollision: 'there is no kind Deployment yet',
  resourceQuotaSync: 'there is no kind ResourceQuota yet',
}

describeConformance<{ tables: { readonly gcProcessEvent: readonly GarbageRow[] } }>(
  '05o-replicaset-gc.json',
  ({ tables }) => {
    it.each(tables.gcProcessEvent)('gcProcessEvent, $name: who owns whom is known after every event', ({ events }) => {
      const replica = new MemoryReplica()
      const present = new Map<string, Resource>()
      events.forEach(({ eventType, obj }, index) => {
        const object = objectNamed<Resource>('Pod', `p${obj.metadata.uid}`, { metadata: obj.metadata as never })
        const type = eventTypes[eventType]
        replica.apply([{ revision: index + 1, type, object, actor: 'test', at: 0 }], index + 1, false)
        if (type === 'DELETED') present.delete(object.metadata.uid)
        else present.set(object.metadata.uid, object)
        expect(ownership(replica, events)).toEqual(expectedOwnership(present, events))
      })
    })

    describe('other tables', () => {
      const names = Object.keys(tables).filter((name) => name !== 'gcProcessEvent' && !readElsewhere.has(name))
      for (const name of names) it.skip(`${name}: ${withoutKind[name] ?? 'nobody reads it'}`)

      it('are read by other tests, or of kinds that there are not yet', () => {
        expect(names.filter((name) => withoutKind[name] === undefined)).toEqual([])
      })
    })
  },
)

function uidsIn(events: GarbageRow['events']): string[] {
  return events.flatMap(({ obj: { metadata } }) => [
    metadata.uid,
    ...(metadata.ownerReferences ?? []).map(({ uid }) => uid),
  ])
}

function ownership(replica: MemoryReplica, events: GarbageRow['events']): Record<string, string[]> {
  const dependentsOf = (uid: string) => [...replica.ownedBy(uid)].map(({ metadata }) => metadata.uid).sort()
  return Object.fromEntries(uidsIn(events).map((uid) => [uid, dependentsOf(uid)]))
}

function expectedOwnership(present: ReadonlyMap<string, Resource>, events: GarbageRow['events']) {
  const dependentsOf = (owner: string) =>
    [...present.values()]
      .filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uid === owner) === true)
      .map(({ metadata }) => metadata.uid)
      .sort()
  return Object.fromEntries(uidsIn(events).map((uid) => [uid, dependentsOf(uid)]))
}
