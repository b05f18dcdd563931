import { describe, expect, it } from 'vitest'
import { missingRequests, podRequests } from '../../src/scheduler/pod-requests.ts'
import type { SchedulingContainer, SchedulingSpec } from '../../src/scheduler/subjects.ts'

const mi = 1024 ** 2

function container(cpu: string, restartPolicy?: string): SchedulingContainer {
  return { resources: { requests: { cpu } }, restartPolicy }
}

describe('podRequests', () => {
  it.each<[string, SchedulingSpec, number]>([
    ['containers run together: the sum', { containers: [container('1'), container('250m')] }, 1250],
    [
      'init containers run before: the greatest',
      { containers: [], initContainers: [container('1'), container('2')] },
      2000,
    ],
    ['the greater of the two', { containers: [container('1')], initContainers: [container('600m')] }, 1000],
    [
      'a sidecar stays: it is added to the containers',
      { containers: [container('1')], initContainers: [container('500m', 'Always')] },
      1500,
    ],
    [
      'and to the init containers after it',
      { containers: [container('1')], initContainers: [container('500m', 'Always'), container('2')] },
      2500,
    ],
    [
      'but not to those before it',
      { containers: [container('1')], initContainers: [container('2'), container('500m', 'Always')] },
      2000,
    ],
    ['the overhead comes on top', { containers: [container('1')], overhead: { cpu: '100m' } }, 1100],
    [
      'what the pod asks for as a whole counts instead',
      { containers: [container('1')], resources: { requests: { cpu: '3' } } },
      3000,
    ],
    ['parts of a thousandth are rounded up', { containers: [container('1.5m')] }, 2],
  ])('%s', (_, spec, cpu) => {
    expect(podRequests(spec).get('cpu')).toBe(cpu)
  })

  it('counts something for each container that leaves cpu or memory out, where that is asked for', () => {
    const spec = { containers: [container('1'), { resources: { requests: { memory: '1Mi' } } }, {}] }
    expect(podRequests(spec, missingRequests)).toEqual(
      new Map([
        ['cpu', 1200],
        ['memory', 401 * mi],
      ]),
    )
  })
})
