import { expect, it } from 'vitest'
import { readinessOf, withUnknownConditions } from '../../src/control/node-condition.ts'
import type { Node } from '../../src/model/kinds/node.ts'
import { clusterObjectNamed } from '../support/objects.ts'

const now = Date.parse('2026-03-01T00:00:00Z')
const node = (...conditions: readonly object[]): Node =>
  clusterObjectNamed('Node', 'n1', { status: { capacity: { cpu: '4' }, conditions } })
const told = (type: string, status: string) => ({
  type,
  status,
  reason: 'KubeletReady',
  lastHeartbeatTime: '2026-02-01T00:00:00Z',
  lastTransitionTime: '2026-01-01T00:00:00Z',
})
const stopped = (type: string) => ({
  type,
  status: 'Unknown',
  reason: 'NodeStatusUnknown',
  message: 'Kubelet stopped posting node status.',
  lastHeartbeatTime: '2026-02-01T00:00:00Z',
  lastTransitionTime: '2026-03-01T00:00:00Z',
})
const never = (type: string) => ({
  type,
  status: 'Unknown',
  reason: 'NodeStatusNeverUpdated',
  message: 'Kubelet never posted node status.',
  lastHeartbeatTime: '2026-01-01T00:00:00Z',
  lastTransitionTime: '2026-03-01T00:00:00Z',
})

it('what an agent used to tell is Unknown, with when it was last heard; what others tell stays', () => {
  const network = told('NetworkUnavailable', 'False')
  const given = node(told('Ready', 'True'), network, told('MemoryPressure', 'False'), told('DiskPressure', 'True'))
  const { status } = withUnknownConditions(given, now)
  expect(status?.conditions).toEqual([
    stopped('Ready'),
    network,
    stopped('MemoryPressure'),
    stopped('DiskPressure'),
    never('PIDPressure'),
  ])
  expect(status?.capacity).toEqual({ cpu: '4' })
})

it('of a machine that never told anything all is Unknown since it is there', () => {
  const bare = clusterObjectNamed<Node>('Node', 'n1')
  expect(withUnknownConditions(bare, now).status?.conditions).toEqual(
    ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'].map(never),
  )
})

it('what is Unknown already is left as it is', () => {
  const once = withUnknownConditions(node(told('Ready', 'False')), now)
  expect(withUnknownConditions(once, now + 1_000)).toBe(once)
})

it.each([
  ['True', node(told('MemoryPressure', 'False'), told('Ready', 'True')), 'True'],
  ['nothing', node(), undefined],
  ['nothing without a status', clusterObjectNamed<Node>('Node', 'n1'), undefined],
])('readiness is %s', (_, given, expected) => {
  expect(readinessOf(given)).toBe(expected)
})
