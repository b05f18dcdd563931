import type { LabelSelectorRequirement } from '../model/selector.ts'
import type { Taint, Toleration } from '../model/taint.ts'

/** Amounts by resource name, as Kubernetes quantities. */
export type ResourceList = Readonly<Record<string, string | number>>

/** The part of a container that scheduling looks at. */
export interface SchedulingContainer {
  readonly restartPolicy?: string | undefined
  readonly resources?: { readonly requests?: ResourceList | undefined } | undefined
  readonly ports?: readonly SchedulingPort[] | undefined
}

/** The part of a container port that scheduling looks at. */
export interface SchedulingPort {
  readonly hostPort?: number | undefined
  readonly hostIP?: string | undefined
  readonly protocol?: string | undefined
}

/** One term of a node selector (Kubernetes v1 `NodeSelectorTerm`). */
export interface NodeSelectorTerm {
  readonly matchExpressions?: readonly LabelSelectorRequirement[] | undefined
  readonly matchFields?: readonly LabelSelectorRequirement[] | undefined
}

/** A wish for nodes of a kind, with its weight (Kubernetes v1 `PreferredSchedulingTerm`). */
export interface PreferredSchedulingTerm {
  readonly weight: number
  readonly preference: NodeSelectorTerm
}

/** Kubernetes v1 `NodeAffinity`. */
export interface NodeAffinity {
  readonly requiredDuringSchedulingIgnoredDuringExecution?:
    | { readonly nodeSelectorTerms: readonly NodeSelectorTerm[] }
    | undefined
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly PreferredSchedulingTerm[] | undefined
}

/** The part of a pod's spec that scheduling looks at. */
export interface SchedulingSpec {
  readonly nodeName?: string | undefined
  readonly nodeSelector?: Readonly<Record<string, string>> | undefined
  readonly affinity?: { readonly nodeAffinity?: NodeAffinity | undefined } | undefined
  readonly tolerations?: readonly Toleration[] | undefined
  readonly containers: readonly SchedulingContainer[]
  readonly initContainers?: readonly SchedulingContainer[] | undefined
  readonly overhead?: ResourceList | undefined
  readonly resources?: { readonly requests?: ResourceList | undefined } | undefined
  readonly priority?: number | undefined
  readonly schedulingGates?: readonly { readonly name: string }[] | undefined
}

/** All that scheduling looks at in a pod: what is not here cannot change where the pod goes. Every v1 Pod is one. */
export interface SchedulingPod {
  readonly metadata: {
    readonly name: string
    readonly namespace?: string | undefined
    readonly uid: string
    readonly creationTimestamp?: string | undefined
    readonly deletionTimestamp?: string | undefined
  }
  readonly spec: SchedulingSpec
  readonly status?: { readonly phase?: string | undefined } | undefined
}

/** All that scheduling looks at in a node. Every v1 Node is one. */
export interface SchedulingNode {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> | undefined }
  readonly spec?:
    | { readonly unschedulable?: boolean | undefined; readonly taints?: readonly Taint[] | undefined }
    | undefined
  readonly status?:
    | { readonly allocatable?: ResourceList | undefined; readonly capacity?: ResourceList | undefined }
    | undefined
}
