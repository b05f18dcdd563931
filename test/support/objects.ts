import type { Resource } from '../../src/model/resource.ts'

type Metadata = Resource['metadata']

/** What a test wants to be different about an object; the rest is plain. */
export interface ObjectPart {
  readonly metadata?: Partial<Metadata>
  readonly spec?: Readonly<Record<string, unknown>>
  readonly status?: Readonly<Record<string, unknown>>
}

/** When the objects of tests were created. */
const createdAt = '2026-01-01T00:00:00Z'

/** An object in the namespace `default`; its uid is `uid-NAME`. */
export function objectNamed<Kind extends Resource>(kind: string, name: string, part: ObjectPart = {}): Kind {
  return {
    apiVersion: kind === 'ReplicaSet' ? 'apps/v1' : 'v1',
    kind,
    metadata: {
      name,
      namespace: 'default',
      uid: `uid-${name}`,
      resourceVersion: '1',
      creationTimestamp: createdAt,
      ...part.metadata,
    },
    ...(part.spec === undefined ? {} : { spec: part.spec }),
    ...(part.status === undefined ? {} : { status: part.status }),
  } as unknown as Kind
}

/** An object without a namespace; its uid is `uid-NAME`. */
export function clusterObjectNamed<Kind extends Resource>(kind: string, name: string, part: ObjectPart = {}): Kind {
  const { metadata, ...rest } = objectNamed(kind, name, part)
  const { namespace: _, ...others } = metadata
  return { ...rest, metadata: others } as Kind
}

/** The reference by which `owner` controls an object. */
export function controlledBy(owner: Resource): NonNullable<Metadata['ownerReferences']>[number] {
  const { apiVersion, kind, metadata } = owner
  return { apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true, blockOwnerDeletion: true }
}
