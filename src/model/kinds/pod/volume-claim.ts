import type { z } from 'zod'
import {
  defaulted,
  list,
  object,
  oneOf,
  optional,
  pointerToOneOf,
  required,
  resourceList,
  stringMap,
  text,
} from '../field.ts'
import { labelSelector } from '../label-selector.ts'

const accessMode = oneOf('PersistentVolumeAccessMode', 'How many may use a volume, and whether they may write.', [
  'ReadWriteOnce',
  'ReadOnlyMany',
  'ReadWriteMany',
  'ReadWriteOncePod',
])

const typedLocalObjectReference = object('TypedLocalObjectReference', 'Names an object of any kind, same namespace.', {
  apiGroup: optional(text, 'API group of the kind; the core group when absent.'),
  kind: required(text, 'Kind of the object.'),
  name: required(text, 'Name of the object.'),
})

const typedObjectReference = object('TypedObjectReference', 'Names an object of any kind in any namespace.', {
  apiGroup: optional(text, 'API group of the kind; the core group when absent.'),
  kind: required(text, 'Kind of the object.'),
  name: required(text, 'Name of the object.'),
  namespace: optional(text, 'Namespace of the object; the own one when absent.'),
})

const volumeResourceRequirements = object('VolumeResourceRequirements', 'How much storage is wanted.', {
  limits: optional(resourceList, 'The most that is wanted, by resource name.'),
  requests: optional(resourceList, 'The least that is needed, by resource name.'),
})

/** Kubernetes `v1.PersistentVolumeClaimSpec`. */
export const persistentVolumeClaimSpec = object('PersistentVolumeClaimSpec', 'What storage is asked for.', {
  accessModes: optional(list(accessMode), 'How the volume must be usable.'),
  selector: optional(labelSelector, 'Which volumes may be chosen.'),
  resources: optional(volumeResourceRequirements, 'How much storage is wanted.'),
  volumeName: optional(text, 'The volume that the claim is bound to.'),
  storageClassName: optional(text, 'Name of the StorageClass; empty for none, the default one when absent.'),
  volumeMode: defaulted(
    pointerToOneOf('PersistentVolumeMode', 'Files or a raw device.', ['Filesystem', 'Block']),
    'Filesystem',
    'Whether files or a raw device are wanted.',
  ),
  dataSource: optional(typedLocalObjectReference, 'What the volume is filled from: a snapshot or another claim.'),
  dataSourceRef: optional(typedObjectReference, 'What the volume is filled from: any object that a filler knows.'),
  volumeAttributesClassName: optional(text, 'Name of the VolumeAttributesClass.'),
})

const persistentVolumeClaimTemplateMetadata = object(
  'PersistentVolumeClaimTemplateMetadata',
  'Metadata that claims made from a template get.',
  {
    labels: optional(stringMap, 'Labels of the claim.'),
    annotations: optional(stringMap, 'Annotations of the claim.'),
  },
)

const persistentVolumeClaimTemplate = object('PersistentVolumeClaimTemplate', 'What a claim is made from.', {
  metadata: optional(persistentVolumeClaimTemplateMetadata, 'Labels and annotations of the claim.'),
  spec: required(persistentVolumeClaimSpec, 'Spec of the claim.'),
})

export const ephemeralVolumeSource = object(
  'EphemeralVolumeSource',
  'A claim that is made for the pod and goes with it.',
  {
    volumeClaimTemplate: optional(persistentVolumeClaimTemplate, 'What the claim is made from.'),
  },
)

export type PersistentVolumeClaimSpec = z.infer<typeof persistentVolumeClaimSpec>
