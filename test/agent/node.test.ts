import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import type { NodeManifest } from '../../src/agent/door.ts'
import { machineNode, simulatedAddress, simulatedNodes } from '../../src/agent/node.ts'
import { nodeKind } from '../../src/model/kinds/node.ts'

const now = Date.parse('2026-01-01T00:00:00Z')

function shapeFaults({ spec, status }: NodeManifest): unknown {
  return nodeKind.body.safeParse({ spec, status }).error?.issues ?? []
}

describe('the node of this machine', () => {
  it('has the shape of a Node, is Ready and offers what the machine has', async () => {
    const options = { name: 'box', dataFolder: tmpdir(), runtimeVersion: 'process://1', now }
    const node = await machineNode(options)
    expect(shapeFaults(node)).toEqual([])
    expect(node.metadata.labels).toMatchObject({ 'kubernetes.io/hostname': 'box' })
    const { capacity, conditions } = node.status as Record<string, Record<string, string>>
    expect(conditions).toMatchObject([{ type: 'Ready', status: 'True', lastHeartbeatTime: '2026-01-01T00:00:00Z' }])
    expect(Number(capacity?.cpu)).toBeGreaterThan(0)
    expect(capacity?.memory).toMatch(/^\d+Ki$/)
  })
})

describe('simulated nodes', () => {
  it('are numbered, have the shape of a Node, and offer what is asked for', () => {
    const nodes = simulatedNodes({ count: 3, capacity: { cpu: '4' }, now })
    expect(nodes.map(({ metadata }) => metadata.name)).toEqual(['sim-00000', 'sim-00001', 'sim-00002'])
    expect(nodes.flatMap(shapeFaults)).toEqual([])
    expect(nodes[0]?.status.allocatable).toEqual({ cpu: '4', memory: '256Gi', pods: '110' })
  })

  it('have addresses of their own', () => {
    const addresses = new Set(Array.from({ length: 100_000 }, (_, index) => simulatedAddress(index)))
    expect(addresses.size).toBe(100_000)
  })
})
