import { describe, expect, it } from 'vitest'
import { definitionOf } from '../../../src/model/kinds.ts'
import { rowOf } from './table-row.ts'

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

describe('the status of a pod', () => {
  const waits = (reason: string) => ({ waiting: { reason } })
  const ended = (end: object) => ({ terminated: { exitCode: 1, ...end } })
  const first = (state: object, more: object = {}) => ({ name: 'first', ready: false, restartCount: 0, state, ...more })
  const starting = (...initContainerStatuses: object[]) => ({ phase: 'Pending', initContainerStatuses })
  const withContainer = (phase: string, state: object) => ({
    phase,
    containerStatuses: [{ name: 'a', ready: false, restartCount: 0, state }],
  })
  const done = first({ terminated: { exitCode: 0 } })

  it.each<[string, object, object?]>([
    ...['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'].map((phase): [string, object] => [phase, { phase }]),
    ...[
      'ContainerCreating',
      'PodInitializing',
      'CrashLoopBackOff',
      'ErrImagePull',
      'ImagePullBackOff',
      'ErrImageNeverPull',
      'InvalidImageName',
      'CreateContainerConfigError',
      'CreateContainerError',
      'RunContainerError',
    ].map((reason): [string, object] => [reason, withContainer('Pending', waits(reason))]),
    ...['Completed', 'Error', 'OOMKilled', 'DeadlineExceeded', 'ContainerStatusUnknown'].map(
      (reason): [string, object] => [reason, withContainer('Running', ended({ reason }))],
    ),
    ['ExitCode:1', withContainer('Failed', ended({}))],
    ['Signal:15', withContainer('Failed', ended({ signal: 15 }))],
    ['Init:0/2', starting(first({}))],
    ['Init:0/2', starting(first({ running: {} }))],
    ['Init:0/2', starting(first(waits('PodInitializing')))],
    ['Init:1/2', starting(done, first({}))],
    ['Pending', starting(done, done)],
    ['Init:ErrImagePull', starting(first(waits('ErrImagePull')))],
    ['Init:Error', starting(first(ended({ reason: 'Error' })))],
    ['Init:ExitCode:1', starting(first(ended({})))],
    ['Init:Signal:9', starting(first(ended({ signal: 9 })))],
    ['Evicted', { phase: 'Failed', reason: 'Evicted' }],
    ['NodeLost', { phase: 'Running', reason: 'NodeLost' }],
    ['Terminating', withContainer('Running', waits('CrashLoopBackOff')), { deletionTimestamp: '2026-01-01T01:00:00Z' }],
    ['Unknown', { phase: 'Running', reason: 'NodeLost' }, { deletionTimestamp: '2026-01-01T01:00:00Z' }],
    ['Failed', { phase: 'Failed' }, { deletionTimestamp: '2026-01-01T01:00:00Z' }],
  ])('is %s of %j', (word, status, metadata = {}) => {
    const pod = podWithStatus(status, { spec: { initContainers }, metadata })
    expect(rowOf(pod)['STATUS']).toBe(word)
  })

  it('is told of the first container that has something to tell', () => {
    const statuses = [
      { name: 'a', ready: true, restartCount: 0, state: { running: {} } },
      { name: 'b', ready: false, restartCount: 0, state: waits('ErrImagePull') },
      { name: 'c', ready: false, restartCount: 0, state: ended({ reason: 'Error' }) },
    ]
    expect(rowOf(podWithStatus({ phase: 'Running', containerStatuses: statuses }))['STATUS']).toBe('ErrImagePull')
  })

  it('is of the containers, once the pod is initialized', () => {
    const status = {
      ...starting(first({ running: {} }, { restartCount: 3 })),
      conditions: [{ type: 'Initialized', status: 'True' }],
      containerStatuses: [{ name: 'a', ready: false, restartCount: 1, state: waits('CrashLoopBackOff') }],
    }
    const row = rowOf(podWithStatus(status, { spec: { initContainers } }))
    expect(row).toMatchObject({ STATUS: 'CrashLoopBackOff', RESTARTS: '1' })
  })
})

describe('the wide table of pods', () => {
  it.each([
    [{ podIP: '10.0.0.1' }, {}, { IP: '10.0.0.1' }],
    [{ podIP: '10.0.0.1', podIPs: [{ ip: 'fd00::1' }, { ip: '10.0.0.1' }] }, {}, { IP: 'fd00::1' }],
    [{ nominatedNodeName: 'n' }, {}, { NODE: '<none>', 'NOMINATED NODE': 'n' }],
    [{}, { nodeName: 'n' }, { NODE: 'n', 'NOMINATED NODE': '<none>', 'READINESS GATES': '<none>' }],
    [
      { conditions: [{ type: 'a', status: 'False' }] },
      { readinessGates: [{ conditionType: 'a' }] },
      { 'READINESS GATES': '0/1' },
    ],
  ])('tells of %j and %j %j', (status, spec, cells) => {
    expect(rowOf(podWithStatus(status, { spec }))).toMatchObject(cells)
  })
})

describe('the table of nodes', () => {
  const ready = (status: string) => [{ type: 'Ready', status }]

  it.each<[string, object[], boolean?]>([
    ['Ready', ready('True')],
    ['NotReady', ready('False')],
    ['NotReady', ready('Unknown')],
    ['Unknown', []],
    ['Unknown', [{ type: 'MemoryPressure', status: 'False' }]],
    ['Ready,SchedulingDisabled', ready('True'), true],
    ['NotReady,SchedulingDisabled', ready('False'), true],
    ['Unknown,SchedulingDisabled', [], true],
  ])('says %s of %j', (word, conditions, unschedulable = false) => {
    const node = { kind: 'Node', metadata: { name: 'n' }, spec: { unschedulable }, status: { conditions } }
    expect(rowOf(node)['STATUS']).toBe(word)
  })

  it.each([
    [{}, '<none>'],
    [{ 'node-role.kubernetes.io/control-plane': '' }, 'control-plane'],
    [{ 'node-role.kubernetes.io/': '' }, '<none>'],
    [{ 'kubernetes.io/role': '' }, '<none>'],
    [{ 'node-role.kubernetes.io/b': 'x', 'node-role.kubernetes.io/a': '', 'kubernetes.io/role': 'a' }, 'a,b'],
  ])('tells the roles of %j', (labels, roles) => {
    expect(rowOf({ kind: 'Node', metadata: { name: 'n', labels } })['ROLES']).toBe(roles)
  })

  it('tells the addresses and the system when it is wide', () => {
    const addresses = [
      { type: 'Hostname', address: 'n' },
      { type: 'InternalIP', address: '10.0.0.1' },
      { type: 'InternalIP', address: '10.0.0.2' },
      { type: 'ExternalIP', address: '1.1.1.1' },
    ]
    const nodeInfo = {
      osImage: 'Debian',
      kernelVersion: '6.1',
      containerRuntimeVersion: 'process://1',
      kubeletVersion: 'v1',
    }
    const rows = [{ addresses, nodeInfo }, {}].map((status) => rowOf({ kind: 'Node', metadata: { name: 'n' }, status }))
    expect(rows.map((row) => Object.values(row).slice(4))).toEqual([
      ['v1', '10.0.0.1', '1.1.1.1', 'Debian', '6.1', 'process://1'],
      ['', '<none>', '<none>', '<unknown>', '<unknown>', '<unknown>'],
    ])
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

  it('tells of a ReplicaSet what it chooses', () => {
    const template = { spec: { containers: [{ name: 'main', image: 'nginx:1' }] } }
    const set = (selector: object) => ({
      kind: 'ReplicaSet',
      metadata: { name: 'web', creationTimestamp: '2026-01-01T00:59:55Z' },
      spec: { replicas: 1, selector, template },
    })
    const matchExpressions = [
      { key: 'tier', operator: 'In', values: ['fe', 'be'] },
      { key: 'canary', operator: 'DoesNotExist' },
    ]
    expect(Object.values(rowOf(set({ matchLabels: { app: 'web' }, matchExpressions })))).toEqual([
      'web',
      '1',
      '0',
      '0',
      '5s',
      'main',
      'nginx:1',
      'app=web,!canary,tier in (be,fe)',
    ])
    expect(rowOf(set({}))['SELECTOR']).toBe('<none>')
  })

  it('tells of a namespace where it is in its life', () => {
    const namespace = (phase: string) => rowOf({ kind: 'Namespace', metadata: { name: 'n' }, status: { phase } })
    expect(namespace('Active')).toEqual({ NAME: 'n', STATUS: 'Active', AGE: '<unknown>' })
    expect(namespace('Terminating')['STATUS']).toBe('Terminating')
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

it('an event that is told the newer way is counted and timed by its series', () => {
  const event = {
    kind: 'Event',
    metadata: { name: 'web.1' },
    involvedObject: { kind: 'Node' },
    reportingComponent: 'scheduler',
    reportingInstance: 'one',
    eventTime: '2026-01-01T00:50:00Z',
  }
  const series = { count: 4, lastObservedTime: '2026-01-01T00:59:30Z' }
  const [once, often] = [rowOf(event), rowOf({ ...event, series })]
  expect(once).toMatchObject({ 'LAST SEEN': '10m', 'FIRST SEEN': '10m', COUNT: '1', OBJECT: 'node' })
  expect(often).toMatchObject({ 'LAST SEEN': '30s', 'FIRST SEEN': '10m', COUNT: '4', SOURCE: 'scheduler, one' })
})

it('every kind has a table that begins with its name or when it was last seen', () => {
  expect(['Namespace', 'Node', 'Pod', 'Event'].map((kind) => definitionOf(kind).columns[0]?.name)).toEqual([
    'NAME',
    'NAME',
    'NAME',
    'LAST SEEN',
  ])
})
