import { describe, expect, it } from 'vitest'
import {
  type ConditionInput,
  containersReadyVerdict,
  initializedVerdict,
  podConditions,
  readyVerdict,
} from '../../src/agent/pod-conditions.ts'
import type { ContainerStatus } from '../../src/model/kinds/pod/container-status.ts'
import { describeConformance } from '../support/conformance.ts'
import { pod } from './support/pod.ts'

function status(name: string, ready: boolean): ContainerStatus {
  return { name, ready, restartCount: 0, image: '', imageID: '' }
}

function input(more: Partial<ConditionInput>): ConditionInput {
  return {
    pod: pod('p'),
    phase: 'Running',
    containerStatuses: [],
    initContainerStatuses: [],
    hasSandbox: true,
    ...more,
  }
}

describe('ContainersReady', () => {
  it.each([
    ['is false while nothing is known', { containerStatuses: undefined }, 'UnknownContainerStatuses'],
    ['names containers without a status', {}, 'ContainersNotReady'],
    ['is false after success', { phase: 'Succeeded', containerStatuses: [status('main', false)] }, 'PodCompleted'],
    ['is false after failure', { phase: 'Failed', containerStatuses: [status('main', false)] }, 'PodFailed'],
  ] as const)('%s', (_sentence, more, reason) => {
    expect(containersReadyVerdict(input(more as Partial<ConditionInput>))).toMatchObject({ status: 'False', reason })
  })

  it('is true when all containers are ready', () => {
    expect(containersReadyVerdict(input({ containerStatuses: [status('main', true)] }))).toEqual({ status: 'True' })
  })
})

describe('Ready', () => {
  const gated = pod('p', { readinessGates: [{ conditionType: 'example.com/warm' }] })
  const containerStatuses = [status('main', true)]

  it('waits for every readiness gate', () => {
    expect(readyVerdict(input({ pod: gated, containerStatuses }))).toEqual({
      status: 'False',
      reason: 'ReadinessGatesNotReady',
      message: 'corresponding condition of pod readiness gate "example.com/warm" does not exist.',
    })
  })

  it('is true when the gates are open', () => {
    const open = { ...gated, status: { conditions: [{ type: 'example.com/warm', status: 'True' as const }] } }
    expect(readyVerdict(input({ pod: open, containerStatuses }))).toEqual({ status: 'True' })
  })
})

describe('all conditions', () => {
  it('keep the time of the last transition as long as the status is the same, and those of others', () => {
    const conditions = [
      { type: 'Ready', status: 'True' as const, lastTransitionTime: '2025-01-01T00:00:00Z' },
      { type: 'ContainersReady', status: 'False' as const, lastTransitionTime: '2025-01-01T00:00:00Z' },
      { type: 'example.com/warm', status: 'True' as const },
    ]
    const before = { ...pod('p'), status: { conditions } }
    const after = podConditions(
      input({ pod: before, containerStatuses: [status('main', true)] }),
      '2026-01-01T00:00:00Z',
    )
    expect(after.map(({ type, lastTransitionTime }) => [type, lastTransitionTime])).toEqual([
      ['PodReadyToStartContainers', '2026-01-01T00:00:00Z'],
      ['Initialized', '2026-01-01T00:00:00Z'],
      ['Ready', '2025-01-01T00:00:00Z'],
      ['ContainersReady', '2026-01-01T00:00:00Z'],
      ['PodScheduled', '2026-01-01T00:00:00Z'],
      ['example.com/warm', undefined],
    ])
  })
})

interface Row {
  readonly spec?: ConditionInput['pod']['spec']
  readonly podPhase: ConditionInput['phase']
  readonly containerStatuses?: ContainerStatus[]
  readonly expected: { readonly status: string; readonly reason?: string; readonly message?: string }
}
interface Tables {
  readonly readyCondition: readonly Row[]
  readonly initializedCondition: readonly Row[]
}
describeConformance<{ readonly tables: Tables }>('05k-pod-lifecycle.json', ({ tables }) => {
  const given = (row: Row): ConditionInput =>
    input({
      pod: { ...pod('p'), spec: { ...pod('p').spec, initContainers: [], containers: [], ...row.spec } },
      phase: row.podPhase,
      containerStatuses: row.containerStatuses,
      initContainerStatuses: row.containerStatuses,
    })
  it.each(tables.readyCondition)('Ready: $expected.reason $expected.message', (row) => {
    const { status: truth, reason, message } = row.expected
    expect(readyVerdict(given(row))).toEqual({ status: truth, ...(reason && { reason }), ...(message && { message }) })
  })
  it.each(tables.initializedCondition)('Initialized: $expected.status $expected.reason', (row) => {
    const { status: truth, reason } = row.expected
    expect(initializedVerdict(given(row))).toMatchObject({ status: truth, ...(reason && { reason }) })
  })
})
