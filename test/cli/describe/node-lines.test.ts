import { describe, expect, it } from 'vitest'
import { alignTabs } from '../../../src/cli/describe/description.ts'
import { nodeLines } from '../../../src/cli/describe/node-lines.ts'
import type { Node } from '../../../src/model/kinds/node.ts'
import type { Pod } from '../../../src/model/kinds/pod.ts'
import { clusterObjectNamed } from '../../support/objects.ts'
import { crashedPod as pod } from '../support/crashed-pod.ts'

const now = Date.parse('2026-01-01T01:00:00Z')

describe('the description of a machine', () => {
  it('tells of a machine what is taken, by pods that have not ended', () => {
    const node = clusterObjectNamed<Node>('Node', 'one', {
      metadata: { labels: { 'node-role.kubernetes.io/worker': '' } },
      spec: {
        unschedulable: true,
        taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }],
        podCIDR: '10.1.0.0/24',
        podCIDRs: ['10.1.0.0/24'],
      },
      status: {
        capacity: { cpu: '2', memory: '1Gi', pods: '110', 'example.com/gpu': '4' },
        allocatable: { cpu: '1', memory: '512Mi', pods: '110', 'example.com/gpu': '4' },
        addresses: [{ type: 'InternalIP', address: '10.0.0.1' }],
        nodeInfo: { kernelVersion: '6.1', operatingSystem: 'linux' },
        conditions: [
          {
            type: 'Ready',
            status: 'True',
            reason: 'KubeletReady',
            message: 'ready',
            lastHeartbeatTime: '2026-01-01T00:00:00Z',
            lastTransitionTime: '2026-01-01T00:00:00Z',
          },
        ],
      },
    })
    const ended = { ...pod, metadata: { ...pod.metadata, name: 'ended' }, status: { phase: 'Succeeded' } } as Pod
    expect(alignTabs(nodeLines(node, [pod, ended], now))).toMatchInlineSnapshot(`
      "Name:               one
      Roles:              worker
      Labels:             node-role.kubernetes.io/worker=
      Annotations:        <none>
      CreationTimestamp:  Thu, 01 Jan 2026 00:00:00 +0000
      Taints:             gpu=yes:NoSchedule
      Unschedulable:      true
      Conditions:
        Type   Status  LastHeartbeatTime                LastTransitionTime               Reason        Message
        ----   ------  -----------------                ------------------               ------        -------
        Ready  True    Thu, 01 Jan 2026 00:00:00 +0000  Thu, 01 Jan 2026 00:00:00 +0000  KubeletReady  ready
      Addresses:
        InternalIP:  10.0.0.1
      Capacity:
        cpu:              2
        example.com/gpu:  4
        memory:           1Gi
        pods:             110
      Allocatable:
        cpu:              1
        example.com/gpu:  4
        memory:           512Mi
        pods:             110
      System Info:
        Machine ID:
        System UUID:
        Boot ID:
        Kernel Version:             6.1
        OS Image:
        Operating System:           linux
        Architecture:
        Container Runtime Version:
        Kubelet Version:
      PodCIDR:                      10.1.0.0/24
      PodCIDRs:                     10.1.0.0/24
      Non-terminated Pods:          (1 in total)
        Namespace                   Name   CPU Requests  CPU Limits  Memory Requests  Memory Limits  Age
        ---------                   ----   ------------  ----------  ---------------  -------------  ---
        default                     web-1  100m (10%)    1 (100%)    0 (0%)           64Mi (12%)     60m
      Allocated resources:
        (Total limits may be over 100 percent, i.e., overcommitted.)
        Resource           Requests    Limits
        --------           --------    ------
        cpu                100m (10%)  1 (100%)
        memory             0 (0%)      64Mi (12%)
        ephemeral-storage  0 (0%)      0 (0%)
        example.com/gpu    0 (0%)      0 (0%)
      "
    `)
  })
})
