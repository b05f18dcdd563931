import type { z } from 'zod'
import { ownerReference } from '../resource.ts'
import { list, object, optional, required, stringMap, text, time } from './field.ts'
import { podSpec } from './pod/pod-spec.ts'

const podTemplateMetadata = object('PodTemplateMetadata', 'Metadata that pods made from a template get.', {
  name: optional(text, 'Not used: pods are named after their controller.'),
  generateName: optional(text, 'Not used: pods are named after their controller.'),
  namespace: optional(text, 'Not used: pods are made where their controller is.'),
  creationTimestamp: optional(time, 'Not used.'),
  labels: optional(stringMap, 'Labels of the pods; the selector must match them.'),
  annotations: optional(stringMap, 'Annotations of the pods.'),
  ownerReferences: optional(list(ownerReference), 'Not used: the controller owns the pods.'),
  finalizers: optional(list(text), 'Finalizers of the pods.'),
})

/** Kubernetes `v1.PodTemplateSpec`. */
export const podTemplateSpec = object('PodTemplateSpec', 'What pods are made from.', {
  metadata: optional(podTemplateMetadata, 'Labels and annotations of the pods.'),
  spec: required(podSpec, 'Spec of the pods.'),
})

export type PodTemplateSpec = z.infer<typeof podTemplateSpec>
