import { z } from 'zod'
import type { KindDefinition } from '../kind.ts'
import { dnsSubdomainFaults } from '../names.ts'
import type { Resource } from '../resource.ts'
import { formatSelector, selectorOfLabelSelector } from '../selector.ts'
import { containerColumns, none, wideColumn } from './column.ts'
import { defaulted, int32, object, optional, required } from './field.ts'
import { labelSelector } from './label-selector.ts'
import { defaultTemplate } from './pod/pod-defaults.ts'
import { podTemplateSpec } from './pod-template.ts'
import { initialReplicationStatus, replicationColumns, replicationStatus } from './replication.ts'
import { validateReplicaSet, validateReplicaSetUpdate } from './replication-validation.ts'

const replicaSetSpec = object('ReplicaSetSpec', 'What a ReplicaSet should keep.', {
  replicas: defaulted(int32, 1, 'Number of pods.'),
  minReadySeconds: optional(int32, 'Seconds that a pod must be ready to count as available.'),
  selector: required(labelSelector, 'Which pods are counted. Cannot be changed.'),
  template: required(podTemplateSpec, 'What missing pods are made from.'),
})

const replicaSetStatus = object('ReplicaSetStatus', 'What is observed of a ReplicaSet.', {
  ...replicationStatus('ReplicaSetCondition', 'ReplicaSet'),
  terminatingReplicas: optional(int32, 'Pods that are ending.'),
})

/** Keeps a number of pods running (Kubernetes `apps/v1.ReplicaSet`). */
export interface ReplicaSet extends Resource {
  readonly spec: z.infer<typeof replicaSetSpec>
  readonly status?: z.infer<typeof replicaSetStatus>
}

export const replicaSetKind: KindDefinition = {
  kind: 'ReplicaSet',
  apiVersion: 'apps/v1',
  typeName: 'ReplicaSet',
  description: 'Keeps a number of pods running that a label selector chooses.',
  plural: 'replicasets',
  singular: 'replicaset',
  shortNames: ['rs'],
  scope: 'Namespaced',
  body: z.strictObject({
    spec: required(replicaSetSpec, 'What should be kept.'),
    status: optional(replicaSetStatus, 'What is observed.'),
  }),
  isScalable: true,
  countsGeneration: true,
  applyDefaults: (resource) => applyDefaults(resource as ReplicaSet),
  initialStatus: () => initialReplicationStatus,
  validate: (resource) => validateReplicaSet(resource as ReplicaSet),
  validateUpdate: (next, previous) => validateReplicaSetUpdate(next as ReplicaSet, previous as ReplicaSet),
  validateName: dnsSubdomainFaults,
  selectableFields: { 'status.replicas': (resource) => String((resource as ReplicaSet).status?.replicas ?? 0) },
  columns: [
    ...replicationColumns,
    ...containerColumns<ReplicaSet>((set) => set.spec.template.spec.containers),
    wideColumn<ReplicaSet>('SELECTOR', ({ spec }) => formatSelector(selectorOfLabelSelector(spec.selector)) || none),
  ],
}

function applyDefaults(set: ReplicaSet): ReplicaSet {
  const template = defaultTemplate(set.spec.template)
  return template === set.spec.template ? set : { ...set, spec: { ...set.spec, template } }
}
