/** What the agent reads of a Pod manifest and what it writes of its status. The fields mean what they mean in Kubernetes' core/v1. */
export interface Pod {
  readonly metadata: PodMetadata
  readonly spec: PodSpec
  readonly status?: PodStatus | undefined
}

export interface PodMetadata {
  readonly name: string
  readonly namespace?: string | undefined
  readonly uid: string
  readonly labels?: Readonly<Record<string, string>> | undefined
  readonly annotations?: Readonly<Record<string, string>> | undefined
  readonly creationTimestamp?: string | undefined
  readonly deletionTimestamp?: string | undefined
  readonly deletionGracePeriodSeconds?: number | undefined
  readonly ownerReferences?: readonly { readonly kind: string; readonly controller?: boolean | undefined }[] | undefined
}

export type RestartPolicy = 'Always' | 'OnFailure' | 'Never'

export interface PodSpec {
  readonly nodeName?: string | undefined
  readonly hostname?: string | undefined
  readonly serviceAccountName?: string | undefined
  readonly restartPolicy?: string | undefined
  readonly terminationGracePeriodSeconds?: number | undefined
  readonly activeDeadlineSeconds?: number | undefined
  readonly readinessGates?: readonly { readonly conditionType: string }[] | undefined
  readonly resources?: ContainerResources | undefined
  readonly initContainers?: readonly Container[] | undefined
  readonly containers: readonly Container[]
}

export interface ContainerResources {
  readonly requests?: Readonly<Record<string, string | number>> | undefined
  readonly limits?: Readonly<Record<string, string | number>> | undefined
}

export interface Container {
  readonly name: string
  readonly image?: string | undefined
  readonly command?: readonly string[] | undefined
  readonly args?: readonly string[] | undefined
  readonly workingDir?: string | undefined
  readonly restartPolicy?: string | undefined
  readonly resources?: ContainerResources | undefined
  readonly env?: readonly EnvVar[] | undefined
  readonly envFrom?: readonly EnvFromSource[] | undefined
}

interface Reference {
  readonly name?: string | undefined
  readonly optional?: boolean | undefined
}

export interface EnvFromSource {
  readonly prefix?: string | undefined
  readonly configMapRef?: Reference | undefined
  readonly secretRef?: Reference | undefined
}

export interface EnvVar {
  readonly name: string
  readonly value?: string | undefined
  readonly valueFrom?: EnvVarSource | undefined
}

export interface EnvVarSource {
  readonly fieldRef?: { readonly fieldPath: string } | undefined
  readonly configMapKeyRef?: (Reference & { readonly key: string }) | undefined
  readonly secretKeyRef?: (Reference & { readonly key: string }) | undefined
  readonly resourceFieldRef?: { readonly resource: string } | undefined
}

export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown'

export interface PodStatus {
  readonly phase?: string | undefined
  readonly reason?: string | undefined
  readonly message?: string | undefined
  readonly startTime?: string | undefined
  readonly hostIP?: string | undefined
  readonly hostIPs?: readonly { readonly ip: string }[] | undefined
  readonly podIP?: string | undefined
  readonly podIPs?: readonly { readonly ip: string }[] | undefined
  readonly qosClass?: string | undefined
  readonly conditions?: readonly PodCondition[] | undefined
  readonly initContainerStatuses?: readonly ContainerStatus[] | undefined
  readonly containerStatuses?: readonly ContainerStatus[] | undefined
}

export interface PodCondition {
  readonly type: string
  readonly status: string
  readonly reason?: string | undefined
  readonly message?: string | undefined
  readonly lastTransitionTime?: string | undefined
}

export interface ContainerStatus {
  readonly name: string
  readonly image: string
  readonly imageID: string
  readonly containerID?: string | undefined
  readonly ready: boolean
  readonly started?: boolean | undefined
  readonly restartCount: number
  readonly state?: ContainerState | undefined
  readonly lastState?: ContainerState | undefined
}

/** At most one of the three is set; none means that it has not been waited for yet. */
export interface ContainerState {
  readonly waiting?: { readonly reason?: string | undefined; readonly message?: string | undefined } | undefined
  readonly running?: { readonly startedAt?: string | undefined } | undefined
  readonly terminated?: TerminatedState | undefined
}

export interface TerminatedState {
  readonly exitCode: number
  readonly reason?: string | undefined
  readonly message?: string | undefined
  readonly startedAt?: string | undefined
  readonly finishedAt?: string | undefined
  readonly containerID?: string | undefined
}

/** Whether nothing of the pod will ever run again. */
export function isTerminal(status: PodStatus | undefined): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed'
}

/** Whether this init container stays up beside the others (a sidecar, `restartPolicy: Always` on an init container). */
export function isSidecar(container: Container): boolean {
  return container.restartPolicy === 'Always'
}
