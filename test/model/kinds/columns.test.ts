import { describe, expect, it } from 'vitest'
import { definitionOf } from '../../../src/model/kinds.ts'
import type { Resource } from '../../../src/model/resource.ts'
import { describeConformance } from '../../support/conformance.ts'

const now = Date.parse('2026-01-01T01:00:00Z')

/** The row of an object in a table, by the names of the columns. */
function rowOf(object: unknown, at = now): Record<string, string> {
  const resource = object as Resource
  return Object.fromEntries(definitionOf(resource.kind).columns.map(({ name, cell }) => [name, cell(resource, at)]))
}

function podWithStatus(status: unknown, more: { spec?: object; metadata?: object } = {}): unknown {
  return {
    kind: 'Pod',
    metadata: { name: 'web', creationTimestamp: '2026-01-01T00:57:55Z', ...more.metadata },
    spec: { containers: [{ name: 'a' }, { name: 'b' }], ...more.spec },
    status,
  }
}

const running = { name: 'a', ready: true, restartCount: 0, state: { running: {} } }
const completed = {
  name: 'b',
  ready: false,
  restartCount: 0,
  state: { terminated: { exitCode: 0, reason: 'Completed' } },
}
const waiting = { name: 'b', ready: false, restartCount: 0, state: { waiting: { reason: 'CrashLoopBackOff' } } }
const initContainers = [{ name: 'first' }, { name: 'second' }]

describe('the table of pods', () => {
  it.each([
    ['the phase', { phase: 'Pending' }, {}, { STATUS: 'Pending', READY: '0/2' }],
    [
      'why a container waits',
      { phase: 'Running', containerStatuses: [running, waiting] },
      {},
      { STATUS: 'CrashLoopBackOff', READY: '1/2' },
    ],
    [
      'Completed, when all have ended',
      { phase: 'Succeeded', containerStatuses: [{ ...completed, name: 'a' }, completed] },
      {},
      { STATUS: 'Completed', READY: '0/2' },
    ],
    [
      'NotReady, when one has ended and the pod is not ready',
      { phase: 'Running', containerStatuses: [running, completed] },
      {},
      { STATUS: 'NotReady', READY: '1/2' },
    ],
    [
      'Running, when one has ended and the pod is ready all the same',
      { phase: 'Running', containerStatuses: [running, completed], conditions: [{ type: 'Ready', status: 'True' }] },
      {},
      { STATUS: 'Running' },
    ],
    [
      'the exit code, where there is no reason',
      {
        phase: 'Failed',
        containerStatuses: [{ name: 'a', ready: false, restartCount: 0, state: { terminated: { exitCode: 3 } } }],
      },
      {},
      { STATUS: 'ExitCode:3' },
    ],
    [
      'the signal, where there is one',
      {
        phase: 'Failed',
        containerStatuses: [
          { name: 'a', ready: false, restartCount: 0, state: { terminated: { exitCode: 137, signal: 9 } } },
        ],
      },
      {},
      { STATUS: 'Signal:9' },
    ],
    [
      'how many init containers are done',
      {
        phase: 'Pending',
        initContainerStatuses: [
          { ...completed, name: 'first' },
          { ...running, name: 'second' },
        ],
      },
      { spec: { initContainers } },
      { STATUS: 'Init:1/2', READY: '0/2' },
    ],
    [
      'why an init container fails',
      { phase: 'Pending', initContainerStatuses: [{ ...waiting, name: 'first', restartCount: 4 }] },
      { spec: { initContainers } },
      { STATUS: 'Init:CrashLoopBackOff', RESTARTS: '4' },
    ],
    [
      'sidecars as containers',
      {
        phase: 'Running',
        initContainerStatuses: [{ ...running, name: 'first', started: true, restartCount: 1 }],
        containerStatuses: [running, { ...running, name: 'b', restartCount: 2 }],
      },
      { spec: { initContainers: [{ name: 'first', restartPolicy: 'Always' }] } },
      { STATUS: 'Running', READY: '3/3', RESTARTS: '3' },
    ],
    [
      'when it was last started again',
      {
        phase: 'Running',
        containerStatuses: [
          {
            ...running,
            restartCount: 2,
            lastState: { terminated: { exitCode: 1, finishedAt: '2026-01-01T00:55:00Z' } },
          },
        ],
      },
      {},
      { RESTARTS: '2 (5m ago)', AGE: '2m5s' },
    ],
    [
      'that it is being deleted',
      { phase: 'Running' },
      { metadata: { deletionTimestamp: '2026-01-01T01:00:00Z' } },
      { STATUS: 'Terminating' },
    ],
    [
      'that it has ended, also while it is being deleted',
      { phase: 'Succeeded' },
      { metadata: { deletionTimestamp: '2026-01-01T01:00:00Z' } },
      { STATUS: 'Succeeded' },
    ],
    [
      'that gates keep it from being scheduled',
      { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }] },
      {},
      { STATUS: 'SchedulingGated' },
    ],
    ['why it was evicted', { phase: 'Failed', reason: 'Evicted' }, {}, { STATUS: 'Evicted' }],
    [
      'how many readiness gates are open',
      { phase: 'Running', conditions: [{ type: 'a', status: 'True' }] },
      { spec: { readinessGates: [{ conditionType: 'a' }, { conditionType: 'b' }] } },
      { 'READINESS GATES': '1/2' },
    ],
    [
      'that it has no node yet',
      { phase: 'Pending' },
      {},
      { NODE: '<none>', IP: '<none>', 'NOMINATED NODE': '<none>', 'READINESS GATES': '<none>' },
    ],
  ])('tells %s', (_sentence, status, more, expected) => {
    expect(rowOf(podWithStatus(status, more))).toMatchObject(expected)
  })
})

describe('the tables of other kinds', () => {
  it('tells of a node whether new pods are kept away, and its roles in order', () => {
    const node = {
      kind: 'Node',
      metadata: { name: 'n', labels: { 'node-role.kubernetes.io/worker': '', 'kubernetes.io/role': 'edge' } },
      spec: { unschedulable: true },
      status: { conditions: [{ type: 'Ready', status: 'True' }], nodeInfo: { kubeletVersion: 'v1' } },
    }
    expect(rowOf(node)).toMatchObject({
      STATUS: 'Ready,SchedulingDisabled',
      ROLES: 'edge,worker',
      VERSION: 'v1',
      AGE: '<unknown>',
    })
  })

  it('tells of a ReplicationController what it keeps', () => {
    const controller = {
      kind: 'ReplicationController',
      metadata: { name: 'web' },
      spec: {
        replicas: 3,
        selector: { b: '2', a: '1' },
        template: {
          spec: {
            containers: [
              { name: 'a', image: 'x' },
              { name: 'b', image: 'y' },
            ],
          },
        },
      },
      status: { replicas: 2, readyReplicas: 1 },
    }
    expect(Object.values(rowOf(controller))).toEqual(['web', '3', '2', '1', '<unknown>', 'a,b', 'x,y', 'a=1,b=2'])
  })

  it('tells of an event when it last happened and to what', () => {
    const event = {
      kind: 'Event',
      metadata: { name: 'web.1' },
      involvedObject: { kind: 'Pod', name: 'web', fieldPath: 'spec.containers{a}' },
      reason: 'Started',
      message: 'Started container a\n',
      source: { component: 'agent', host: 'node-1' },
      firstTimestamp: '2026-01-01T00:00:00Z',
      lastTimestamp: '2026-01-01T00:59:00Z',
      count: 7,
      type: 'Normal',
    }
    expect(rowOf(event)).toEqual({
      'LAST SEEN': '60s',
      TYPE: 'Normal',
      REASON: 'Started',
      OBJECT: 'pod/web',
      SUBOBJECT: 'spec.containers{a}',
      SOURCE: 'agent, node-1',
      MESSAGE: 'Started container a',
      'FIRST SEEN': '60m',
      COUNT: '7',
      NAME: 'web.1',
    })
  })
})

interface PodRow {
  readonly pod: Resource
  readonly expect: readonly { readonly Cells: readonly (string | number)[] }[]
}

interface Tables {
  readonly pod: readonly PodRow[]
  readonly podWide: readonly PodRow[]
  readonly podNonTerminated: readonly PodRow[]
  readonly nodeStatus: readonly { readonly node: Resource; readonly status: string }[]
  readonly nodeRole: readonly { readonly node: Resource; readonly expected: string }[]
  readonly nodeExternalIP: readonly { readonly node: Resource; readonly externalIP: string }[]
  readonly replicaSet: readonly { readonly replicaSet: Resource; readonly wideExpect: string }[]
}

describeConformance<{ tables: Tables }>('10-kubectl-printers.json', ({ tables }) => {
  const pods = [...tables.pod, ...tables.podWide, ...tables.podNonTerminated]
  it.each(pods.map((row) => [row.pod.metadata.name, row] as const))(
    'prints the pod %s',
    (_name, { pod, expect: [expected] }) => {
      const row = rowOf(pod)
      const cells = [
        row['NAME'],
        row['READY'],
        row['STATUS'],
        row['RESTARTS'],
        row['AGE'],
        row['IP'],
        row['NODE'],
        row['NOMINATED NODE'],
      ]
      const recorded = expected?.Cells.map(String) ?? []
      expect(cells.slice(0, recorded.length)).toEqual(recorded)
    },
  )

  it('prints nodes', () => {
    for (const { node, status } of tables.nodeStatus) expect(rowOf(node)['STATUS']).toBe(status)
    for (const { node, expected } of tables.nodeRole) expect(rowOf(node)['ROLES']).toBe(expected)
    for (const { node, externalIP } of tables.nodeExternalIP) expect(rowOf(node)['EXTERNAL-IP']).toBe(externalIP)
  })

  it('prints ReplicaSets', () => {
    for (const { replicaSet, wideExpect } of tables.replicaSet) {
      const cells = Object.values(rowOf(replicaSet, Date.parse(replicaSet.metadata.creationTimestamp)))
      expect(cells).toEqual(wideExpect.trim().split('\t'))
    }
  })
})

it('every kind has a table that begins with its name or when it was last seen', () => {
  expect(['Namespace', 'Node', 'Pod', 'Event'].map((kind) => definitionOf(kind).columns[0]?.name)).toEqual([
    'NAME',
    'NAME',
    'NAME',
    'LAST SEEN',
  ])
})
