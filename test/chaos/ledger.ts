/** A write that the server has acknowledged: what the log must hold at its revision. */
export interface AcknowledgedWrite {
  readonly revision: number
  readonly kind: 'Pod' | 'ReplicationController'
  readonly name: string
  readonly content: WrittenContent
}

/** What was written, as far as it can be found again in the version that the log holds. */
export type WrittenContent =
  | { readonly type: 'mark'; readonly mark: string }
  | { readonly type: 'replicas'; readonly replicas: number }
  | { readonly type: 'deletion' }

/** A process of a pod that was killed on purpose: explains one restart of that pod. */
export interface KilledContainer {
  readonly uid: string
  readonly containerID: string
}

/** An event as a subscriber saw it. */
export interface SeenEvent {
  readonly revision: number
  readonly type: string
  readonly kind: string
  readonly uid: string
}

/** A version of an object as the log holds it. */
export interface LogEntry extends SeenEvent {
  readonly actor: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly object: LoggedObject
}

/** What is looked at in an object of the log. */
export interface LoggedObject {
  readonly metadata: {
    readonly name: string
    readonly uid: string
    readonly annotations?: Readonly<Record<string, string>>
    readonly labels?: Readonly<Record<string, string>>
    readonly deletionTimestamp?: string
    readonly ownerReferences?: readonly { readonly uid: string; readonly controller?: boolean }[]
  }
  readonly spec?: { readonly replicas?: number; readonly nodeName?: string }
  readonly status?: {
    readonly phase?: string
    readonly containerStatuses?: readonly {
      readonly restartCount: number
      readonly containerID?: string
      readonly state?: { readonly running?: object }
    }[]
  }
}

/** The annotation by which a write is found again. */
export const markAnnotation = 'chaos/mark'
