import { describe, expect, it } from 'vitest'
import { alignTabs } from '../../../src/cli/describe/description.ts'
import { podLines } from '../../../src/cli/describe/pod-lines.ts'
import type { Pod } from '../../../src/model/kinds/pod.ts'
import { objectNamed } from '../../support/objects.ts'
import { crashedPod as pod } from '../support/crashed-pod.ts'

describe('the description of a pod', () => {
  it('tells all of a pod', () => {
    expect(alignTabs(podLines(pod, null))).toMatchInlineSnapshot(`
      "Name:         web-1
      Namespace:    default
      Priority:     0
      Node:         one/10.0.0.1
      Start Time:   Thu, 01 Jan 2026 00:00:01 +0000
      Labels:       app=web
                    tier=fe
      Annotations:  note: two
                    lines
      Status:       Running
      IP:           10.1.0.2
      IPs:
        IP:           10.1.0.2
      Controlled By:  ReplicationController/web
      Init Containers:
        prepare:
          Image:      busybox
          Port:       <none>
          Host Port:  <none>
          Args:
            -x
          Environment:  <none>
          Mounts:       <none>
      Containers:
        main:
          Container ID:  process://7
          Image:         nginx:1
          Image ID:
          Port:          80/TCP
          Host Port:     0/TCP
          Command:
            sh
            -c
            echo one
            echo two
          State:          Running
            Started:      Thu, 01 Jan 2026 00:01:00 +0000
          Last State:     Terminated
            Reason:       Error
            Message:      it broke
                          here
            Exit Code:    3
            Started:      Thu, 01 Jan 2026 00:00:01 +0000
            Finished:     Thu, 01 Jan 2026 00:00:59 +0000
          Ready:          True
          Restart Count:  1
          Limits:
            cpu:     1
            memory:  64Mi
          Requests:
            cpu:      100m
          Readiness:  http-get http://:80/ready delay=5s timeout=1s period=10s #success=1 #failure=3
          Environment Variables from:
            settings  ConfigMap with prefix 'P_'  Optional: false
          Environment:
            PLAIN:   text
            POD_IP:   (v1:status.podIP)
            KEY:     <set to the key 'one' in secret 'keys'>  Optional: true
          Mounts:
            /cache from data (rw,path="x")
            /data from data (ro)
      Conditions:
        Type          Status
        ----          ------
        Ready         True
        PodScheduled  True
      Volumes:
        data:
          Type:        EmptyDir (a temporary directory that shares a pod's lifetime)
          Size Limit:  1Gi
        host:
          Type:        HostPath (bare host directory volume)
          Path:        /var
          Type:
      QoS Class:       Burstable
      Node-Selectors:  disk=ssd
      Tolerations:     a:NoExecute op=Exists for 300s
                       b=c:NoSchedule
      "
    `)
  })
  it('tells of a pod that waits for a machine what would unblock it', () => {
    const waiting = objectNamed<Pod>('Pod', 'big', {
      spec: { containers: [{ name: 'main' }] },
      status: { phase: 'Pending' },
    })
    const lines = podLines(waiting, {
      pending: true,
      message: '0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu.',
      nodeCount: 3,
      feasibleNodeCount: 0,
      filters: [
        {
          filter: 'NodeUnschedulable',
          nodes: 1,
          help: 'Uncordon a node.',
          reasons: [{ reason: 'node(s) were unschedulable', nodes: 1 }],
        },
        {
          filter: 'NodeResourcesFit',
          nodes: 2,
          help: 'Add a node.',
          reasons: [
            { reason: 'Insufficient cpu', nodes: 2 },
            { reason: 'Insufficient memory', nodes: 1 },
          ],
        },
      ],
      nodes: [
        {
          node: 'one',
          rejections: [{ filter: 'NodeResourcesFit', reasons: ['Insufficient cpu', 'Insufficient memory'] }],
        },
      ],
    })
    expect(alignTabs(lines.slice(lines.indexOf('Scheduling:')))).toMatchInlineSnapshot(`
      "Scheduling:
        Message:            0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu.
        Nodes:              3 looked at, 0 of them fit
        NodeUnschedulable:  1 of 3 turned down
          Why:              node(s) were unschedulable (1)
          To unblock:       Uncordon a node.
        NodeResourcesFit:   2 of 3 turned down
          Why:              Insufficient cpu (2)
                            Insufficient memory (1)
          To unblock:       Add a node.
        For example:
          one:  NodeResourcesFit: Insufficient cpu, Insufficient memory
      "
    `)
  })
  it('tells of a pod that ends until when', () => {
    const ending = {
      ...pod,
      metadata: { ...pod.metadata, deletionTimestamp: '2026-01-01T00:00:30Z', deletionGracePeriodSeconds: 30 },
    }
    expect(podLines(ending, null)).toContain('Status:\tTerminating (ends by Thu, 01 Jan 2026 00:00:30 +0000)')
  })
})
