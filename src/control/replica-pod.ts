import { qosClassOf } from '../model/kinds/pod/qos-class.ts'
import type { Pod } from '../model/kinds/pod.ts'
import { admitPodSpec, type DefaultTolerationSeconds } from '../model/kinds/pod-admission.ts'
import type { ReplicaSet } from '../model/kinds/replica-set.ts'
import { generateName } from '../model/names.ts'
import type { OwnerReference, Resource } from '../model/resource.ts'
import { timestamp } from '../model/timestamp.ts'

/** The part of a set from which its pods are made. */
export type PodTemplate = NonNullable<ReplicaSet['spec']['template']>

/** Where names and identities of new pods come from, and what they are made of. */
export interface PodMaker {
  /** From 0 to 1. */
  readonly random: () => number
  readonly newUid: () => string
  readonly tolerationSeconds?: DefaultTolerationSeconds | undefined
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
  const { spec, status } = bodyOf(template, maker)
  const creationTimestamp = timestamp(now)
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

interface Body {
  readonly spec: Pod['spec']
  readonly status: NonNullable<Pod['status']>
}

/** Bodies by template: a template never changes in place. */
const bodies = new WeakMap<object, Body>()

/** What all pods of a template have in common: the admitted spec, and the status of a pod that nobody has seen yet. */
function bodyOf(template: PodTemplate, { tolerationSeconds }: PodMaker): Body {
  let body = bodies.get(template)
  if (body === undefined) {
    const spec = admitPodSpec(template.spec, tolerationSeconds)
    body = { spec, status: { phase: 'Pending', qosClass: qosClassOf(spec) } }
    bodies.set(template, body)
  }
  return body
}

/** Of 14 million names for one set some collide long before they are used up, so a free one is looked for. */
function freeName(prefix: string, isTaken: (name: string) => boolean, random: () => number): string {
  let name = generateName(prefix, random)
  for (let tries = 1; tries < nameTriesMax && isTaken(name); tries += 1) name = generateName(prefix, random)
  return name
}

/** A name that is taken even then is refused by the commit, and the next pass tries again. */
const nameTriesMax = 100

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value })
}
