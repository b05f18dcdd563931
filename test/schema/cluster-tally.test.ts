import { describe, expect, it } from 'vitest'
import { ClusterTally, quantitiesOf } from '../../schema/cluster-tally.ts'
import type { Resource } from '../../src/model/resource.ts'
import { MemoryReplica } from '../../src/store/replica.ts'

function podAt(revision: number, phase: string): Resource {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'p',
      namespace: 'default',
      uid: 'uid-p',
      resourceVersion: String(revision),
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
    spec: {
      nodeName: 'n',
      overhead: { memory: '1Mi' },
      initContainers: [{ name: 'i', image: 'i', resources: { requests: { cpu: '2' } } }],
      containers: [
        { name: 'a', image: 'a', resources: { requests: { cpu: '250m', memory: '1Mi' } } },
        { name: 'b', image: 'b', resources: { requests: { cpu: '250m' } } },
      ],
    },
    status: { phase },
  }
}

describe('what is allocated', () => {
  it('is what the scheduler counts, init containers and overhead included, until the pod ends', () => {
    const replica = new MemoryReplica()
    const tally = new ClusterTally(replica)
    replica.apply([{ revision: 1, type: 'ADDED', object: podAt(1, 'Running'), actor: 'me', at: 0 }], 1, false)
    expect(quantitiesOf(tally.allocated)).toEqual({ pods: '1', cpu: '2', memory: '2097152' })
    replica.apply([{ revision: 2, type: 'MODIFIED', object: podAt(2, 'Succeeded'), actor: 'me', at: 0 }], 2, false)
    expect(quantitiesOf(tally.allocated)).toEqual({})
  })
})
