import { expect, it } from 'vitest'
import { describeState, stateOf } from '../../client-examples/support/pod-state.ts'
import type { Pod } from '../../src/client/index.ts'

const container = { name: 'main', image: 'none', imageID: '', ready: false, restartCount: 0 }
const creating = { waiting: { reason: 'ContainerCreating' } }
const looping = { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 10s' } }
const failed = { terminated: { exitCode: 7, reason: 'Error' } }
const ready = [{ type: 'Ready', status: 'True' }] as const
const unschedulable = [
  { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/1 nodes are available' },
] as const

function pod(status: Pod['status'], more: { nodeName?: string; deletionTimestamp?: string } = {}): Pod {
  const { nodeName, ...metadata } = more
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', uid: 'a', resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z', ...metadata },
    spec: { containers: [], ...(nodeName === undefined ? {} : { nodeName }) },
    ...(status === undefined ? {} : { status }),
  }
}

it.each<[string, Pod, string]>([
  ['a new pod is pending', pod(undefined), 'Pending'],
  ['the scheduler says why', pod({ conditions: unschedulable }), 'Pending (Unschedulable: 0/1 nodes are available)'],
  ['a bound pod tells its machine', pod({ phase: 'Pending' }, { nodeName: 'a' }), 'Pending on a'],
  [
    'a pod that runs and serves',
    pod(
      {
        phase: 'Running',
        conditions: ready,
        containerStatuses: [{ ...container, ready: true, restartCount: 1, lastState: failed }],
      },
      { nodeName: 'a' },
    ),
    'Running on a, ready, 1 restart',
  ],
  [
    'restarts of all containers are counted',
    pod({
      phase: 'Running',
      initContainerStatuses: [{ ...container, ready: true, restartCount: 1 }],
      containerStatuses: [{ ...container, restartCount: 2, state: looping }],
    }),
    'Running, 3 restarts (CrashLoopBackOff: back-off 10s)',
  ],
  [
    'a container that cannot go on counts for more than one that waits for its turn, or has failed',
    pod({
      phase: 'Pending',
      containerStatuses: [
        { ...container, state: creating },
        { ...container, state: failed },
        { ...container, state: looping },
      ],
    }),
    'Pending (CrashLoopBackOff: back-off 10s)',
  ],
  [
    'a container that has failed counts for more than one that waits for its turn',
    pod({
      phase: 'Failed',
      containerStatuses: [
        { ...container, state: creating },
        { ...container, state: failed },
      ],
    }),
    'Failed (Error: exit code 7)',
  ],
  [
    'what the pod says itself counts most',
    pod({
      phase: 'Failed',
      reason: 'Evicted',
      message: 'no memory',
      containerStatuses: [{ ...container, state: failed }],
    }),
    'Failed (Evicted: no memory)',
  ],
  [
    'a pod that is asked to end is no longer ready',
    pod({ phase: 'Running', conditions: ready }, { deletionTimestamp: '2026-01-01T00:00:30Z' }),
    'Terminating',
  ],
])('%s', (_, given, expected) => {
  expect(describeState(stateOf(given))).toBe(expected)
})
