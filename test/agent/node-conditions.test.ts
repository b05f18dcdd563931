import { describe, expect, it } from 'vitest'
import { nodeConditions } from '../../src/agent/node-conditions.ts'

const start = Date.parse('2026-01-01T00:00:00Z')

describe('the conditions of a node', () => {
  it('are told in the words and the order of the kubelet', () => {
    expect(
      nodeConditions({ DiskPressure: start }, [], start).map(({ type, status, reason }) => [type, status, reason]),
    ).toEqual([
      ['MemoryPressure', 'False', 'KubeletHasSufficientMemory'],
      ['DiskPressure', 'True', 'KubeletHasDiskPressure'],
      ['PIDPressure', 'False', 'KubeletHasSufficientPID'],
      ['Ready', 'True', 'KubeletReady'],
    ])
  })

  it('keep the time of their last transition until the status changes', () => {
    const first = nodeConditions({}, [], start)
    const second = nodeConditions({ MemoryPressure: start + 10_000 }, first, start + 10_000)
    const third = nodeConditions({ MemoryPressure: start + 10_000 }, second, start + 20_000)
    expect(
      third.map(({ type, lastTransitionTime, lastHeartbeatTime }) => [type, lastTransitionTime, lastHeartbeatTime]),
    ).toEqual([
      ['MemoryPressure', '2026-01-01T00:00:10Z', '2026-01-01T00:00:20Z'],
      ['DiskPressure', '2026-01-01T00:00:00Z', '2026-01-01T00:00:20Z'],
      ['PIDPressure', '2026-01-01T00:00:00Z', '2026-01-01T00:00:20Z'],
      ['Ready', '2026-01-01T00:00:00Z', '2026-01-01T00:00:20Z'],
    ])
  })
})
