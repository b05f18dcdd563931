// Made from the kinds of the model by `npm run schema`.

import type * as schema from './schema.ts'

/** A place for names: objects of different namespaces may have the same name. */
export interface Namespace {
  readonly apiVersion: 'v1'
  readonly kind: 'Namespace'
  readonly metadata: schema.ObjectMeta
  readonly spec?: NonNullable<schema.Namespace['spec']>
  readonly status?: NonNullable<schema.Namespace['status']>
}

/** A Namespace as it is written; `apiVersion` and `kind` may be left out. */
export interface NamespaceManifest {
  readonly apiVersion?: 'v1' | undefined
  readonly kind?: 'Namespace' | undefined
  readonly metadata: schema.ObjectMetaInput
  readonly spec?: schema.NamespaceInput['spec']
}

/** A machine of the cluster. */
export interface Node {
  readonly apiVersion: 'v1'
  readonly kind: 'Node'
  readonly metadata: schema.ObjectMeta
  readonly spec?: NonNullable<schema.ClusterNode['spec']>
  readonly status?: NonNullable<schema.ClusterNode['status']>
}

/** A Node as it is written; `apiVersion` and `kind` may be left out. */
export interface NodeManifest {
  readonly apiVersion?: 'v1' | undefined
  readonly kind?: 'Node' | undefined
  readonly metadata: schema.ObjectMetaInput
  readonly spec?: schema.ClusterNodeInput['spec']
  readonly status?: schema.ClusterNodeInput['status']
}

/** Containers that run together on one machine. */
export interface Pod {
  readonly apiVersion: 'v1'
  readonly kind: 'Pod'
  readonly metadata: schema.ObjectMeta
  readonly spec: NonNullable<schema.Pod['spec']>
  readonly status?: NonNullable<schema.Pod['status']>
}

/** A Pod as it is written; `apiVersion` and `kind` may be left out. */
export interface PodManifest {
  readonly apiVersion?: 'v1' | undefined
  readonly kind?: 'Pod' | undefined
  readonly metadata: schema.ObjectMetaInput
  readonly spec: schema.PodInput['spec']
}

/** Keeps a number of pods running. */
export interface ReplicationController {
  readonly apiVersion: 'v1'
  readonly kind: 'ReplicationController'
  readonly metadata: schema.ObjectMeta
  readonly spec: NonNullable<schema.ReplicationController['spec']>
  readonly status?: NonNullable<schema.ReplicationController['status']>
}

/** A ReplicationController as it is written; `apiVersion` and `kind` may be left out. */
export interface ReplicationControllerManifest {
  readonly apiVersion?: 'v1' | undefined
  readonly kind?: 'ReplicationController' | undefined
  readonly metadata: schema.ObjectMetaInput
  readonly spec: schema.ReplicationControllerInput['spec']
}

/** Keeps a number of pods running that a label selector chooses. */
export interface ReplicaSet {
  readonly apiVersion: 'apps/v1'
  readonly kind: 'ReplicaSet'
  readonly metadata: schema.ObjectMeta
  readonly spec: NonNullable<schema.ReplicaSet['spec']>
  readonly status?: NonNullable<schema.ReplicaSet['status']>
}

/** A ReplicaSet as it is written; `apiVersion` and `kind` may be left out. */
export interface ReplicaSetManifest {
  readonly apiVersion?: 'apps/v1' | undefined
  readonly kind?: 'ReplicaSet' | undefined
  readonly metadata: schema.ObjectMetaInput
  readonly spec: schema.ReplicaSetInput['spec']
}

/** Something that happened to an object. Kept for a while, and counted when it happens again. */
export interface Event {
  readonly apiVersion: 'v1'
  readonly kind: 'Event'
  readonly metadata: schema.ObjectMeta
  readonly involvedObject: NonNullable<schema.Event['involvedObject']>
  readonly reason?: NonNullable<schema.Event['reason']>
  readonly message?: NonNullable<schema.Event['message']>
  readonly source?: NonNullable<schema.Event['source']>
  readonly firstTimestamp?: NonNullable<schema.Event['firstTimestamp']>
  readonly lastTimestamp?: NonNullable<schema.Event['lastTimestamp']>
  readonly count?: NonNullable<schema.Event['count']>
  readonly type?: NonNullable<schema.Event['type']>
  readonly eventTime?: NonNullable<schema.Event['eventTime']>
  readonly series?: NonNullable<schema.Event['series']>
  readonly action?: NonNullable<schema.Event['action']>
  readonly related?: NonNullable<schema.Event['related']>
  readonly reportingComponent?: NonNullable<schema.Event['reportingComponent']>
  readonly reportingInstance?: NonNullable<schema.Event['reportingInstance']>
}

/** A Event as it is written; `apiVersion` and `kind` may be left out. */
export interface EventManifest {
  readonly apiVersion?: 'v1' | undefined
  readonly kind?: 'Event' | undefined
  readonly metadata: schema.ObjectMetaInput
  readonly involvedObject: schema.EventInput['involvedObject']
  readonly reason?: schema.EventInput['reason']
  readonly message?: schema.EventInput['message']
  readonly source?: schema.EventInput['source']
  readonly firstTimestamp?: schema.EventInput['firstTimestamp']
  readonly lastTimestamp?: schema.EventInput['lastTimestamp']
  readonly count?: schema.EventInput['count']
  readonly type?: schema.EventInput['type']
  readonly eventTime?: schema.EventInput['eventTime']
  readonly series?: schema.EventInput['series']
  readonly action?: schema.EventInput['action']
  readonly related?: schema.EventInput['related']
  readonly reportingComponent?: schema.EventInput['reportingComponent']
  readonly reportingInstance?: schema.EventInput['reportingInstance']
}

/** The types of one kind: of what is read, and of what is written. */
export interface KindType<Object, Manifest> {
  readonly object: Object
  readonly manifest: Manifest
}

/** The types of each kind, by the name of its part of the client. */
export interface KindTypes {
  readonly namespaces: KindType<Namespace, NamespaceManifest>
  readonly nodes: KindType<Node, NodeManifest>
  readonly pods: KindType<Pod, PodManifest>
  readonly replicationControllers: KindType<ReplicationController, ReplicationControllerManifest>
  readonly replicaSets: KindType<ReplicaSet, ReplicaSetManifest>
  readonly events: KindType<Event, EventManifest>
}

/** Each kind, by the name of its part of the client. */
export const kinds = {
  namespaces: { kind: 'Namespace', apiVersion: 'v1' },
  nodes: { kind: 'Node', apiVersion: 'v1' },
  pods: { kind: 'Pod', apiVersion: 'v1' },
  replicationControllers: { kind: 'ReplicationController', apiVersion: 'v1' },
  replicaSets: { kind: 'ReplicaSet', apiVersion: 'apps/v1' },
  events: { kind: 'Event', apiVersion: 'v1' },
} as const
