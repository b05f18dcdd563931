import { describe, expect, it } from 'vitest'
import { type LogEntry, type LoggedObject, markAnnotation } from './ledger.ts'
import { type Evidence, judge } from './verdict.ts'

const at = Date.parse('2026-01-01T00:00:00Z')

function entry(
  revision: number,
  kind: string,
  name: string,
  more: Omit<Partial<LogEntry>, 'object'> & { object?: object } = {},
): LogEntry {
  const { object, ...rest } = more
  const metadata = { name, uid: name, ...(object as Partial<LoggedObject> | undefined)?.metadata }
  return {
    revision,
    type: 'MODIFIED',
    kind,
    uid: name,
    actor: 'system:anonymous',
    at,
    ...rest,
    object: { ...object, metadata },
  }
}

const controller = 'system:controller:replication-controller'
const ownedBy = (uid: string) => ({ metadata: { ownerReferences: [{ uid, controller: true }] } })
const ending = (uid: string) => ({ metadata: { ...ownedBy(uid).metadata, deletionTimestamp: 'now' } })
const restarted = (restartCount: number) => ({ status: { containerStatuses: [{ restartCount }] } })
const evidence = (of: Partial<Evidence>): Evidence => ({
  log: [],
  acknowledged: [],
  hearings: [],
  killed: [],
  staleMsMax: 1_000,
  ...of,
})

describe('a write that was acknowledged', () => {
  const marked = entry(5, 'Pod', 'a', { object: { metadata: { annotations: { [markAnnotation]: 'x' } } } })
  it.each([
    ['is found by its content', { type: 'mark', mark: 'x' }, [marked], 0],
    ['is lost when the log has something else there', { type: 'mark', mark: 'y' }, [marked], 1],
    ['is lost when the log has nothing there', { type: 'mark', mark: 'x' }, [], 1],
    ['is lost when another object is there', { type: 'mark', mark: 'x' }, [{ ...marked, kind: 'Node' }], 1],
    [
      'that scales is found',
      { type: 'replicas', replicas: 2 },
      [entry(5, 'Pod', 'a', { object: { spec: { replicas: 2 } } })],
      0,
    ],
    ['that scales is lost when the scale is another', { type: 'replicas', replicas: 2 }, [marked], 1],
    [
      'that deletes is found where the object is gone',
      { type: 'deletion' },
      [entry(5, 'Pod', 'a', { type: 'DELETED' })],
      0,
    ],
    ['that deletes is lost where the object lives on', { type: 'deletion' }, [marked], 1],
  ] as const)('%s', (_, content, log, lost) => {
    const write = { kind: 'Pod', name: 'a', revision: 5, content } as const
    expect(judge(evidence({ log, acknowledged: [write] })).lostWrites).toHaveLength(lost)
  })
})

describe('a subscriber', () => {
  const log = [entry(1, 'Pod', 'a'), entry(2, 'Node', 'n'), entry(4, 'Pod', 'b')]
  const saw = (...revisions: number[]) =>
    revisions.map((revision) => ({ revision, type: 'MODIFIED', kind: 'Pod', uid: revision === 1 ? 'a' : 'b' }))
  it.each([
    ['that heard each once and in order', saw(1, 4), 0, 0],
    ['that missed one', saw(4), 1, 0],
    ['that heard one twice', saw(1, 1, 4), 0, 1],
    ['that heard them out of order', saw(4, 1), 0, 1],
    ['that heard what never was', saw(1, 3, 4), 0, 1],
  ])('%s', (_, seen, lost, doubled) => {
    const hearing = { name: 'pods', seen, concerns: ({ kind }: LogEntry) => kind === 'Pod' }
    const verdict = judge(evidence({ log, hearings: [hearing] }))
    expect([verdict.lostEvents.length, verdict.doubledEvents.length]).toEqual([lost, doubled])
  })
})

describe('a restart', () => {
  it.each([
    ['is explained by a kill of that pod', 1, 'a', 0],
    ['is not explained by a kill of another pod', 1, 'b', 1],
    ['needs a kill of its own', 3, 'a', 2],
  ])('%s', (_, count, killed, unneeded) => {
    const log = [entry(1, 'Pod', 'a', { object: restarted(count) })]
    const verdict = judge(evidence({ log, killed: [{ uid: killed, containerID: 'process://1-1' }] }))
    expect(verdict.unneededRestarts).toHaveLength(unneeded)
  })
})

describe('a pod of a controller', () => {
  const set = (replicas: number, revision = 1, since = 0) =>
    entry(revision, 'ReplicationController', 'c', { at: at + since, object: { spec: { replicas } } })
  const made = (name: string, revision: number) =>
    entry(revision, 'Pod', name, { type: 'ADDED', actor: controller, object: ownedBy('c') })
  const ended = (actor: string, since = 0) => entry(9, 'Pod', 'p', { actor, at: at + since, object: ending('c') })
  it.each([
    ['may be made where one is missing', [set(1), made('p', 2)], 0],
    ['may not be made where none is missing', [set(1), made('p', 2), made('q', 3)], 1],
    ['may be ended by a user, and replaced', [set(1), made('p', 2), ended('ann'), made('q', 10)], 0],
    ['may not be ended by a controller while it is wanted', [set(1), made('p', 2), ended(controller)], 1],
    ['may be ended where fewer are wanted now', [set(1), made('p', 2), set(0, 3), ended(controller)], 0],
    [
      'may be ended where fewer were wanted a moment ago',
      [set(0), set(1, 2, 10), made('p', 3), ended(controller, 20)],
      0,
    ],
    [
      'may not be ended where fewer were wanted long ago',
      [set(0), set(1, 2, 10), made('p', 3), ended(controller, 5_000)],
      1,
    ],
    ['may not be ended by its machine', [set(1), made('p', 2), ended('system:node:n1')], 1],
  ])('%s', (_, log, unneeded) => {
    expect(judge(evidence({ log })).unneededRestarts).toHaveLength(unneeded)
  })
})
