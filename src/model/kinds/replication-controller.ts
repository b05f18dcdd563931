import { z } from 'zod'
import type { KindDefinition } from '../kind.ts'
import { dnsSubdomainFaults } from '../names.ts'
import type { Resource } from '../resource.ts'
import { formatSelector, selectorOfMap } from '../selector.ts'
import { containerColumns, none, wideColumn } from './column.ts'
import { defaulted, int32, object, optional, required, stringMap } from './field.ts'
import { defaultTemplate } from './pod/pod-defaults.ts'
import { podTemplateSpec } from './pod-template.ts'
import { initialReplicationStatus, replicationColumns, replicationStatus } from './replication.ts'
import { validateReplicationController } from './replication-validation.ts'

const replicationControllerSpec = object('ReplicationControllerSpec', 'What a ReplicationController should keep.', {
  replicas: defaulted(int32, 1, 'Number of pods.'),
  minReadySeconds: optional(int32, 'Seconds that a pod must be ready to count as available.'),
  selector: optional(stringMap, 'Labels of the pods that are counted; those of the template when absent.'),
  template: required(podTemplateSpec, 'What missing pods are made from.'),
})

const replicationControllerStatus = object(
  'ReplicationControllerStatus',
  'What is observed of a ReplicationController.',
  replicationStatus('ReplicationControllerCondition', 'ReplicationController'),
)

/** Keeps a number of pods running (Kubernetes `v1.ReplicationController`). */
export interface ReplicationController extends Resource {
  readonly spec: z.infer<typeof replicationControllerSpec>
  readonly status?: z.infer<typeof replicationControllerStatus>
}

export const replicationControllerKind: KindDefinition = {
  kind: 'ReplicationController',
  apiVersion: 'v1',
  typeName: 'ReplicationController',
  description: 'Keeps a number of pods running.',
  plural: 'replicationcontrollers',
  singular: 'replicationcontroller',
  shortNames: ['rc'],
  scope: 'Namespaced',
  body: z.strictObject({
    spec: required(replicationControllerSpec, 'What should be kept.'),
    status: optional(replicationControllerStatus, 'What is observed.'),
  }),
  isScalable: true,
  countsGeneration: true,
  applyDefaults: (resource) => applyDefaults(resource as ReplicationController),
  initialStatus: () => initialReplicationStatus,
  validate: (resource) => validateReplicationController(resource as ReplicationController),
  validateName: dnsSubdomainFaults,
  selectableFields: {
    'status.replicas': (resource) => String((resource as ReplicationController).status?.replicas ?? 0),
  },
  columns: [
    ...replicationColumns,
    ...containerColumns<ReplicationController>((controller) => controller.spec.template.spec.containers),
    wideColumn<ReplicationController>(
      'SELECTOR',
      ({ spec }) => formatSelector(selectorOfMap(spec.selector ?? {})) || none,
    ),
  ],
}

function applyDefaults(controller: ReplicationController): ReplicationController {
  const { metadata, spec } = controller
  const template = defaultTemplate(spec.template)
  const labels = template.metadata?.labels
  const selector = isEmpty(spec.selector) ? (labels ?? spec.selector) : spec.selector
  const isLabelled = labels === undefined || !isEmpty(metadata.labels)
  if (template === spec.template && selector === spec.selector && isLabelled) return controller
  return {
    ...controller,
    metadata: isLabelled ? metadata : { ...metadata, labels },
    spec: { ...spec, ...(selector && { selector }), template },
  }
}

function isEmpty(map: Readonly<Record<string, string>> | undefined): boolean {
  return map === undefined || Object.keys(map).length === 0
}
