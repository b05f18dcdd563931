import { describe, expect, it } from 'vitest'
import { nodeResources } from '../../src/agent/node-resources.ts'
import { parseEvictionThresholds } from '../../src/model/eviction-threshold.ts'

const gibi = 1024 ** 3
const machine = { milliCpu: 2_000, memoryBytes: 4 * gibi, diskBytes: 100 * gibi, pods: 110 }

function allocatable(reserved: Record<string, string>, thresholds: string, of = machine): unknown {
  return nodeResources(of, reserved, parseEvictionThresholds(thresholds) ?? new Map()).allocatable
}

describe('what of a machine is for pods', () => {
  it.each([
    ['all, when nothing is reserved', {}, '', { cpu: '2', memory: '4194304Ki', 'ephemeral-storage': '104857600Ki' }],
    ['less what is reserved', { cpu: '100m', memory: '1Gi' }, '', { cpu: '1900m', memory: '3145728Ki' }],
    ['less the memory that has to be left', { memory: '1Gi' }, 'memory.available<1Gi', { memory: '2097152Ki' }],
    [
      'less the part of the disk that has to be left',
      {},
      'nodefs.available<10%',
      { 'ephemeral-storage': '94371840Ki' },
    ],
    ['never less than nothing', { cpu: '3', memory: '5Gi' }, '', { cpu: '0', memory: '0Ki' }],
  ])('%s', (_sentence, reserved, thresholds, expected) => {
    expect(allocatable(reserved, thresholds)).toMatchObject({ ...expected, pods: '110' })
  })

  it('the capacity is the machine', () => {
    expect(nodeResources({ ...machine, milliCpu: 1_500 }, { cpu: '1' }, new Map()).capacity).toEqual({
      cpu: '1500m',
      memory: '4194304Ki',
      'ephemeral-storage': '104857600Ki',
      pods: '110',
    })
  })
})
