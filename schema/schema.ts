import type { GraphQLSchema } from 'graphql'
import { createBuilder } from './builder.ts'
import type { Toolbox } from './kind-types.ts'
import { Relay } from './relay.ts'
import { addResourceInterface } from './resource-interface.ts'
import { addScalars } from './scalars.ts'
import { ShapeTypes } from './shape-types.ts'
import { addAgent } from './types/agent.ts'
import { addAgentEvents } from './types/agent-events.ts'
import { addAgentLogs } from './types/agent-logs.ts'
import { addCluster } from './types/cluster.ts'
import { addClusterEvents } from './types/cluster-events.ts'
import { addClusterNode } from './types/cluster-node.ts'
import { addEvent } from './types/event.ts'
import { addManifests } from './types/manifests.ts'
import { addNamespace } from './types/namespace.ts'
import { addPod } from './types/pod.ts'
import { addPodLogs } from './types/pod-logs.ts'
import { addReplicaSet } from './types/replica-set.ts'
import { addReplicationController } from './types/replication-controller.ts'
import { addResource } from './types/resource.ts'
import { addResourceChanges } from './types/resource-changes.ts'
import { addScheduling } from './types/scheduling.ts'
import { addWatch } from './types/watch.ts'

/** The whole schema. `version` is what `cluster.version` tells. */
export function createSchema(version: string): GraphQLSchema {
  const builder = createBuilder()
  addScalars(builder)
  builder.queryType({ description: 'What can be read.' })
  builder.mutationType({ description: 'What can be changed. Each mutation is one transaction.' })
  builder.subscriptionType({ description: 'What can be followed.' })
  const shapes = new ShapeTypes(builder)
  const relay = new Relay(builder)
  const resources = addResourceInterface(builder, shapes, relay)
  const propagationPolicy = builder.enumType('PropagationPolicy', {
    description: 'What becomes of the dependents of a deleted object.',
    values: {
      Foreground: { description: 'They are deleted first.' },
      Background: { description: 'They are deleted afterwards.' },
      Orphan: { description: 'They stay, without their owner.' },
    } as const,
  })
  const toolbox: Toolbox = { builder, shapes, relay, resources, propagationPolicy }
  addNamespace(toolbox)
  const pod = addPod(toolbox)
  addClusterNode(toolbox, pod)
  addReplicationController(toolbox)
  addReplicaSet(toolbox)
  const event = addEvent(toolbox)
  addScheduling(builder, pod)
  addCluster(builder, version)
  addResource(toolbox)
  addManifests(toolbox)
  addResourceChanges(toolbox)
  const eventType = addWatch(toolbox, pod)
  addClusterEvents(builder, event, eventType)
  addPodLogs(builder, pod)
  addAgent(builder)
  addAgentLogs(builder)
  addAgentEvents(toolbox)
  return builder.toSchema()
}
