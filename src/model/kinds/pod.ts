import { z } from 'zod'
import type { KindDefinition } from '../kind.ts'
import { dnsSubdomainFaults } from '../names.ts'
import type { Resource } from '../resource.ts'
import { optional, required } from './field.ts'
import { podColumns } from './pod/pod-columns.ts'
import { defaultPodSpec } from './pod/pod-defaults.ts'
import { podFields } from './pod/pod-fields.ts'
import { type PodSpec, podSpec } from './pod/pod-spec.ts'
import { type PodStatus, podStatus } from './pod/pod-status.ts'
import { validatePodUpdate } from './pod/pod-update-validation.ts'
import { validatePod, validatePodCreate } from './pod/pod-validation.ts'
import { qosClassOf } from './pod/qos-class.ts'

/** Containers that run together on one machine (Kubernetes `v1.Pod`). */
export interface Pod extends Resource {
  readonly spec: PodSpec
  readonly status?: PodStatus
}

export const podKind: KindDefinition = {
  kind: 'Pod',
  apiVersion: 'v1',
  typeName: 'Pod',
  description: 'Containers that run together on one machine.',
  plural: 'pods',
  singular: 'pod',
  shortNames: ['po'],
  scope: 'Namespaced',
  body: z.strictObject({
    spec: required(podSpec, 'What the pod should be.'),
    status: optional(podStatus, 'What is observed of it.'),
  }),
  countsGeneration: true,
  applyDefaults: (resource) => applyDefaults(resource as Pod),
  initialStatus: (resource) => ({ phase: 'Pending', qosClass: qosClassOf((resource as Pod).spec) }),
  validate: (resource) => validatePod(resource as Pod),
  validateCreate: (resource) => validatePodCreate(resource as Pod),
  validateUpdate: (next, previous) => validatePodUpdate(next as Pod, previous as Pod),
  validateName: dnsSubdomainFaults,
  selectableFields: podFields,
  columns: podColumns,
}

function applyDefaults(pod: Pod): Pod {
  const spec = defaultPodSpec(pod.spec)
  return spec === pod.spec ? pod : { ...pod, spec }
}
