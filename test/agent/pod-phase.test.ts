import { describe, expect, it } from 'vitest'
import { podPhase } from '../../src/agent/pod-phase.ts'
import type { ContainerState, ContainerStatus } from '../../src/model/kinds/pod/container-status.ts'
import type { Pod } from '../../src/model/kinds/pod.ts'
import { describeConformance } from '../support/conformance.ts'
import { pod } from './support/pod.ts'

const running: ContainerState = { running: {} }
const fresh: ContainerState = { waiting: { reason: 'ContainerCreating' } }
const done: ContainerState = { terminated: { exitCode: 0 } }
const failed: ContainerState = { terminated: { exitCode: 1 } }

function status(name: string, state: ContainerState, lastState: ContainerState = {}): ContainerStatus {
  const started = state.running !== undefined
  return { name, state, lastState, ready: started, started, restartCount: 0, image: '', imageID: '' }
}

describe('the phase of a pod with two containers', () => {
  it.each([
    ['is Pending while nothing is known', 'Always', [], 'Pending'],
    ['is Pending while one has not run yet', 'Always', [status('a', running), status('b', fresh)], 'Pending'],
    ['is Running when both run', 'Never', [status('a', running), status('b', running)], 'Running'],
    ['is Running when one of both has ended', 'Never', [status('a', running), status('b', failed)], 'Running'],
    ['stays Running when both ended but are restarted', 'Always', [status('a', done), status('b', failed)], 'Running'],
    [
      'is Running while a failed one will be restarted',
      'OnFailure',
      [status('a', done), status('b', failed)],
      'Running',
    ],
    ['is Succeeded when both succeeded', 'OnFailure', [status('a', done), status('b', done)], 'Succeeded'],
    ['is Failed when one failed for good', 'Never', [status('a', done), status('b', failed)], 'Failed'],
    ['is Running in a crash loop', 'Always', [status('a', running), status('b', fresh, failed)], 'Running'],
  ] as const)('%s (restartPolicy %s)', (_sentence, restartPolicy, statuses, phase) => {
    const containers = [
      { name: 'a', image: 'i' },
      { name: 'b', image: 'i' },
    ]
    expect(podPhase(pod('p', { restartPolicy, containers }), statuses, false)).toBe(phase)
  })

  it('is over whatever its restart policy when it was stopped for good', () => {
    expect(podPhase(pod('p'), [status('main', failed)], true)).toBe('Failed')
    expect(podPhase(pod('p'), [status('main', done)], true)).toBe('Succeeded')
  })
})

describe('the phase of a pod with init containers', () => {
  const spec = { initContainers: [{ name: 'first', image: 'i' }], restartPolicy: 'Never' }
  it.each([
    ['is Pending while one runs', 'Always', status('first', running), status('main', fresh), 'Pending'],
    [
      'is Pending after a failure that is tried again',
      'Always',
      status('first', failed),
      status('main', fresh),
      'Pending',
    ],
    ['is Failed after a failure that is not', 'Never', status('first', failed), status('main', fresh), 'Failed'],
    [
      'is Running when they are done and the others run',
      'Never',
      status('first', done),
      status('main', running),
      'Running',
    ],
  ] as const)('%s (restartPolicy %s)', (_sentence, restartPolicy, first, main, phase) => {
    expect(podPhase(pod('p', { ...spec, restartPolicy }), [first, main], false)).toBe(phase)
  })

  it('is Running as long as a sidecar is up after the others', () => {
    const sidecar = { initContainers: [{ name: 'side', image: 'i', restartPolicy: 'Always' }], restartPolicy: 'Never' }
    expect(podPhase(pod('p', sidecar), [status('side', running), status('main', done)], false)).toBe('Running')
    expect(podPhase(pod('p', sidecar), [status('side', failed), status('main', done)], false)).toBe('Succeeded')
  })
})

interface Row {
  readonly test: string
  readonly pod: Pod
  readonly status: string
}
describeConformance<{ readonly tables: Readonly<Record<string, readonly Row[]>> }>(
  '05k-pod-lifecycle.json',
  ({ tables }) => {
    const rows = Object.entries(tables).flatMap(([name, cases]) => (name.startsWith('podPhase') ? cases : []))
    it.each(rows.map((row) => [row.test, row] as const))('phase: %s', (_name, row) => {
      const { containerStatuses = [], initContainerStatuses = [] } = row.pod.status ?? {}
      expect(podPhase(row.pod, [...initContainerStatuses, ...containerStatuses], false)).toBe(row.status)
    })
  },
)
