import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import type { NodeManifest } from '../../src/agent/door.ts'
import { MachineNode, type MachineNodeOptions } from '../../src/agent/machine-node.ts'
import { simulatedAddress, simulatedNodes } from '../../src/agent/node.ts'
import type { NodeCondition } from '../../src/agent/node-conditions.ts'
import { parseEvictionThresholds } from '../../src/model/eviction-threshold.ts'
import { nodeKind } from '../../src/model/kinds/node.ts'
import { quantityMilliValue, quantityValue } from '../../src/model/quantity.ts'

const now = Date.parse('2026-01-01T00:00:00Z')

function shapeFaults({ spec, status }: NodeManifest): unknown {
  return nodeKind.body.safeParse({ spec, status }).error?.issues ?? []
}

function machineNode(more: Partial<MachineNodeOptions> = {}): MachineNode {
  return new MachineNode({
    name: 'box',
    dataFolder: tmpdir(),
    versions: { runtime: 'process://1', agent: 'v1' },
    podsMax: 110,
    reserved: {},
    thresholds: new Map(),
    bounds: () => ({ milliCpu: undefined, memoryBytes: undefined, memoryAvailableBytes: undefined }),
    now: () => now,
    ...more,
  })
}

function conditionsOf(node: NodeManifest): Record<string, string> {
  return Object.fromEntries((node.status['conditions'] as NodeCondition[]).map(({ type, status }) => [type, status]))
}

describe('the node of this machine', () => {
  it('has the shape of a Node, is Ready and offers what the machine has', async () => {
    const node = await machineNode().observe()
    expect(shapeFaults(node)).toEqual([])
    expect(node.metadata.labels).toMatchObject({ 'kubernetes.io/hostname': 'box' })
    const { capacity, allocatable, nodeInfo } = node.status as Record<string, Record<string, string>>
    expect(conditionsOf(node)).toEqual({
      MemoryPressure: 'False',
      DiskPressure: 'False',
      PIDPressure: 'False',
      Ready: 'True',
    })
    expect(Number(capacity?.['cpu'])).toBeGreaterThan(0)
    expect(capacity?.['memory']).toMatch(/^\d+Ki$/)
    expect(allocatable).toEqual(capacity)
    expect(nodeInfo).toMatchObject({
      kubeletVersion: 'v1',
      containerRuntimeVersion: 'process://1',
      kubeProxyVersion: '',
    })
    expect(nodeInfo?.['osImage']).not.toBe('')
  })

  it('keeps from pods what is reserved and what has to be left, and has no more than it is left', async () => {
    const node = await machineNode({
      reserved: { cpu: '100m', memory: '50Mi', 'ephemeral-storage': '1Mi' },
      thresholds: parseEvictionThresholds('memory.available<10Mi,nodefs.available<10%') ?? new Map(),
      bounds: () => ({ milliCpu: 500, memoryBytes: 200 * 1024 ** 2, memoryAvailableBytes: 100 * 1024 ** 2 }),
    }).observe()
    const { capacity, allocatable } = node.status as Record<string, Record<string, string>>
    expect(capacity).toMatchObject({ cpu: '500m', memory: '204800Ki' })
    expect(quantityMilliValue(allocatable?.['cpu'])).toBe(400)
    expect(quantityValue(allocatable?.['memory'])).toBe(140 * 1024 ** 2)
    const disk = quantityValue(capacity?.['ephemeral-storage'])
    expect(quantityValue(allocatable?.['ephemeral-storage']) / (0.9 * disk - 1024 ** 2)).toBeCloseTo(1, 5)
  })

  it('is under the pressures that its thresholds say', async () => {
    const thresholds = parseEvictionThresholds('memory.available<100%,nodefs.inodesFree<0,pid.available<100%')
    const node = await machineNode({ thresholds: thresholds ?? new Map() }).observe()
    expect(conditionsOf(node)).toEqual({
      MemoryPressure: 'True',
      DiskPressure: 'False',
      PIDPressure: 'True',
      Ready: 'True',
    })
  })

  it('is registered with the labels, taints and facts that it is given', async () => {
    const taints = [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }]
    const node = await machineNode({ labels: { disk: 'ssd' }, taints, annotations: { fact: 'x' } }).observe()
    expect(node.metadata.labels).toMatchObject({ disk: 'ssd', 'kubernetes.io/hostname': 'box' })
    expect(node.metadata.annotations).toEqual({ fact: 'x' })
    expect(node.spec.taints).toEqual(taints)
  })
})

describe('simulated nodes', () => {
  it('are numbered, have the shape of a Node, and offer what is asked for', () => {
    const nodes = simulatedNodes({ count: 3, capacity: { cpu: '4' }, now })
    expect(nodes.map(({ metadata }) => metadata.name)).toEqual(['sim-00000', 'sim-00001', 'sim-00002'])
    expect(nodes.flatMap(shapeFaults)).toEqual([])
    expect(nodes[0]?.status['allocatable']).toEqual({ cpu: '4', memory: '256Gi', pods: '110' })
  })

  it('have addresses of their own', () => {
    const addresses = new Set(Array.from({ length: 100_000 }, (_, index) => simulatedAddress(index)))
    expect(addresses.size).toBe(100_000)
  })
})
