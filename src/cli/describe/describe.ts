import type { Client } from '../../client/index.ts'
import type { Event } from '../../model/kinds/event.ts'
import type { Namespace } from '../../model/kinds/namespace.ts'
import type { Node } from '../../model/kinds/node.ts'
import type { Pod } from '../../model/kinds/pod.ts'
import type { ReplicaSet } from '../../model/kinds/replica-set.ts'
import type { ReplicationController } from '../../model/kinds/replication-controller.ts'
import { definitionOf } from '../../model/kinds.ts'
import type { Resource } from '../../model/resource.ts'
import { listObjects } from '../objects.ts'
import { alignTabs, conditionLines, headLines, type Lines, labelLines } from './description.ts'
import { eventLines } from './event-lines.ts'
import { nodeLines } from './node-lines.ts'
import { plainLines } from './plain-lines.ts'
import { podLines } from './pod-lines.ts'
import { controllerSelector, replicaSetLines, replicationControllerLines, setSelector } from './replication-lines.ts'
import { type Scheduling, schedulingFields } from './scheduling-lines.ts'

/** Where what belongs to an object is asked for, and the present in milliseconds. */
export interface DescribeOptions {
  readonly client: Client
  readonly now: number
  /** Whether events are told. */
  readonly hasEvents: boolean
}

/** An object in all detail, with what belongs to it and what was told about it, as `kubectl describe` prints it. */
export async function describeObject(object: Resource, options: DescribeOptions): Promise<string> {
  const lines = await linesOf(object, options)
  if (!options.hasEvents || object.kind === 'Event') return alignTabs(lines)
  const events = await eventsOf(options.client, object)
  return alignTabs([...lines, ...eventLines(events, options.now)])
}

async function linesOf(object: Resource, { client, now }: DescribeOptions): Promise<Lines> {
  const { kind, metadata } = object
  if (kind === 'Pod') return podLines(object as Pod, await schedulingOf(client, object))
  if (kind === 'Node') return nodeLines(object as Node, await podsOn(client, metadata.name), now)
  if (kind === 'ReplicationController') {
    const controller = object as ReplicationController
    return replicationControllerLines(controller, await podsOf(client, object, controllerSelector(controller)))
  }
  if (kind === 'ReplicaSet') {
    const set = object as ReplicaSet
    return replicaSetLines(set, await podsOf(client, object, setSelector(set)))
  }
  if (kind === 'Namespace') return namespaceLines(object as Namespace)
  return anyLines(object)
}

function namespaceLines(namespace: Namespace): Lines {
  const { status } = namespace
  return [
    ...headLines(namespace),
    ...labelLines(namespace),
    `Status:\t${status?.phase ?? ''}`,
    ...conditionLines(status?.conditions),
  ]
}

/** An object of a kind that has no description of its own: all its fields. */
function anyLines(object: Resource): Lines {
  const { apiVersion, kind, metadata, ...body } = object
  const { name: _, namespace: __, labels: ___, annotations: ____, ...rest } = metadata
  return [
    ...headLines(object),
    ...labelLines(object),
    `API Version:\t${apiVersion}`,
    `Kind:\t${kind}`,
    ...plainLines({ metadata: rest, ...body }),
  ]
}

async function schedulingOf(client: Client, { metadata }: Resource): Promise<Scheduling | null> {
  const { pod } = await client.query<{ pod: { scheduling: Scheduling } | null }>(
    `query Scheduling($name: String!, $namespace: String) { pod(name: $name, namespace: $namespace) { scheduling { ${schedulingFields} } } }`,
    { name: metadata.name, namespace: metadata.namespace },
  )
  return pod?.scheduling ?? null
}

async function eventsOf(client: Client, { kind, metadata }: Resource): Promise<readonly Event[]> {
  const { resource } = await client.query<{
    resource: { events: { nodes: readonly { readonly manifest: Event }[] } } | null
  }>(
    'query Events($kind: String!, $name: String!, $namespace: String) { resource(kind: $kind, name: $name, namespace: $namespace) { events(first: 100) { nodes { manifest } } } }',
    { kind, name: metadata.name, namespace: metadata.namespace },
  )
  return (resource?.events.nodes ?? []).map(({ manifest }) => manifest)
}

async function podsOn(client: Client, nodeName: string): Promise<readonly Pod[]> {
  const pods = await listObjects(client, definitionOf('Pod'), { fieldSelector: `spec.nodeName=${nodeName}` })
  return pods.map((pod) => pod as Pod)
}

async function podsOf(client: Client, { metadata }: Resource, labelSelector: string): Promise<readonly Pod[]> {
  // A set without a selector has no pods; an empty selector would mean all.
  if (labelSelector === '') return []
  const pods = await listObjects(client, definitionOf('Pod'), { namespace: metadata.namespace, labelSelector })
  return pods.map((pod) => pod as Pod)
}
