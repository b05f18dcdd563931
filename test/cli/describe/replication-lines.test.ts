import { describe, expect, it } from 'vitest'
import { alignTabs } from '../../../src/cli/describe/description.ts'
import { replicationControllerLines } from '../../../src/cli/describe/replication-lines.ts'
import type { Pod } from '../../../src/model/kinds/pod.ts'
import type { ReplicationController } from '../../../src/model/kinds/replication-controller.ts'
import { objectNamed } from '../../support/objects.ts'
import { crashedPod as pod } from '../support/crashed-pod.ts'

describe('the description of a set of pods', () => {
  it('tells of a set how its pods are, and what they are made from', () => {
    const controller = objectNamed<ReplicationController>('ReplicationController', 'web', {
      metadata: { labels: { app: 'web' } },
      spec: {
        replicas: 3,
        selector: { app: 'web' },
        template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'main', image: 'nginx' }] } },
      },
      status: { replicas: 2, conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate' }] },
    })
    const stranger = { ...pod, metadata: { ...pod.metadata, ownerReferences: [] } }
    const waiting = { ...pod, status: { phase: 'Pending' } } as Pod
    expect(alignTabs(replicationControllerLines(controller, [pod, waiting, stranger]))).toMatchInlineSnapshot(`
      "Name:         web
      Namespace:    default
      Selector:     app=web
      Labels:       app=web
      Annotations:  <none>
      Replicas:     2 current / 3 desired
      Pods Status:  1 Running / 1 Waiting / 0 Succeeded / 0 Failed
      Pod Template:
        Labels:  app=web
        Containers:
          main:
            Image:        nginx
            Port:         <none>
            Host Port:    <none>
            Environment:  <none>
            Mounts:       <none>
        Volumes:          <none>
        Node-Selectors:   <none>
        Tolerations:      <none>
      Conditions:
        Type            Status  Reason
        ----            ------  ------
        ReplicaFailure  True    FailedCreate
      "
    `)
  })
})
