import { addDefaultTolerations } from '../model/kinds/pod-admission.ts'
import type { Pod } from '../model/kinds/pod.ts'
import { generateName } from '../model/names.ts'
import type { OwnerReference, Resource } from '../model/resource.ts'

/** The part of a set from which its pods are made. */
export type PodTemplate = NonNullable<ReplicaSetSpec['template']>

/** Where names and identities of new pods come from, and what they are made of. */
export interface PodMaker {
  /** From 0 to 1. */
  readonly random: () => number
  readonly newUid: () => string
}

/** What is new about a pod beside its template. */
export interface NewPods {
  readonly set: Resource
  readonly template: PodTemplate
  readonly count: number
  /** Whether a pod of this name exists, in whatever state. */
  readonly isTaken: (name: string) => boolean
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * New pods of a template. They share everything but name and uid, so that ten thousand of them cost little memory. The
 * template was validated and defaulted when the set was written, so nothing is checked again.
 */
export function makePods({ set, template, count, isTaken, now }: NewPods, maker: PodMaker): Pod[] {
  const { spec, status } = bodyOf(template)
  const creationTimestamp = `${new Date(now).toISOString().slice(0, 19)}Z`
  const shared = {
    generateName: `${set.metadata.name}-`,
    namespace: set.metadata.namespace ?? '',
    resourceVersion: '',
    generation: 1,
    creationTimestamp,
    ...optional('labels', template.metadata?.labels),
    ...optional('annotations', template.metadata?.annotations),
    ...optional('finalizers', template.metadata?.finalizers),
    ownerReferences: [controllerReference(set)],
  }
  const names = new Set<string>()
  return Array.from({ length: count }, () => {
    const name = freeName(shared.generateName, (candidate) => names.has(candidate) || isTaken(candidate), maker.random)
    names.add(name)
    return { apiVersion: 'v1', kind: 'Pod', metadata: { ...shared, name, uid: maker.newUid() }, spec, status }
  })
}

/** The reference by which a set manages a pod. */
export function controllerReference(set: Resource): OwnerReference {
  const { apiVersion, kind, metadata } = set
  return { apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true, blockOwnerDeletion: true }
}
