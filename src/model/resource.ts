import { z } from 'zod'

/** The link from a dependent to the object that owns it (Kubernetes `metav1.OwnerReference`). */
export const ownerReference = z
  .strictObject({
    apiVersion: z.string().meta({ description: 'API version of the owner.' }),
    kind: z.string().meta({ description: 'Kind of the owner.' }),
    name: z.string().meta({ description: 'Name of the owner.' }),
    uid: z.string().meta({ description: 'UID of the owner.' }),
    controller: z.boolean().optional().meta({ description: 'Whether the owner is the managing controller.' }),
    blockOwnerDeletion: z
      .boolean()
      .optional()
      .meta({ description: 'Whether a foreground deletion of the owner waits for this object.' }),
  })
  .meta({ id: 'OwnerReference', description: 'A link from a dependent to an object that owns it.' })

/** What every object carries (Kubernetes `metav1.ObjectMeta`). Times are RFC 3339 texts in UTC. */
export const objectMeta = z
  .strictObject({
    name: z.string().meta({ description: 'Name, unique per kind and namespace. Cannot be changed.' }),
    generateName: z
      .string()
      .optional()
      .meta({ description: 'Prefix from which the server makes a unique name when `name` is not given.' }),
    namespace: z.string().optional().meta({ description: 'Namespace of the object; absent for cluster-wide kinds.' }),
    uid: z.string().meta({ description: 'Identity in time and space, given by the server.' }),
    resourceVersion: z
      .string()
      .meta({ description: 'Position in the change log of the last change. Opaque.', scalar: 'ResourceVersion' }),
    generation: z.number().int().optional().meta({ description: 'Counts the changes of the spec.', scalar: 'Int64' }),
    creationTimestamp: z.string().meta({ description: 'When the object was created.', scalar: 'DateTime' }),
    deletionTimestamp: z
      .string()
      .optional()
      .meta({ description: 'When the object will be gone; set by a graceful deletion.', scalar: 'DateTime' }),
    deletionGracePeriodSeconds: z
      .number()
      .int()
      .optional()
      .meta({ description: 'Seconds that the object has to end gracefully.', scalar: 'Int64' }),
    labels: z.record(z.string(), z.string()).optional().meta({ description: 'Queryable identity.' }),
    annotations: z.record(z.string(), z.string()).optional().meta({ description: 'Metadata that is not queried.' }),
    ownerReferences: z
      .array(ownerReference)
      .optional()
      .meta({ description: 'Owners; the object is collected when all of them are gone.' }),
    finalizers: z
      .array(z.string())
      .optional()
      .meta({ description: 'Names of those who must agree before the object goes.' }),
  })
  .meta({ id: 'ObjectMeta', description: 'What every object carries.' })

export type OwnerReference = z.infer<typeof ownerReference>
export type ObjectMeta = z.infer<typeof objectMeta>

/** Any object of any kind. Objects are immutable: a change is a new object that shares what did not change. */
export interface Resource {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: Readonly<ObjectMeta>
  readonly [field: string]: unknown
}

/** How an object is found: kind, namespace ('' for cluster-wide kinds), name. */
export interface ResourceKey {
  readonly kind: string
  readonly namespace: string
  readonly name: string
}

/** The key of an object. */
export function keyOf(resource: Resource): ResourceKey {
  return { kind: resource.kind, namespace: resource.metadata.namespace ?? '', name: resource.metadata.name }
}

/** The owner that manages this object, if one does (at most one owner has `controller: true`). */
export function controllerOf(resource: Resource): OwnerReference | undefined {
  return resource.metadata.ownerReferences?.find((owner) => owner.controller === true)
}
