import type { z } from 'zod'
import type { Cause } from './errors.ts'
import type { Resource } from './resource.ts'

declare module 'zod' {
  interface GlobalMeta {
    /** Why a field had better not be used, or what to use instead. */
    deprecationReason?: string
    /** Whether Kubernetes' types point to the value, so that an empty text is not an absent value. */
    isPointer?: true
    /** The GraphQL scalar that carries this field, where the zod type alone does not say it. */
    scalar?: 'Quantity' | 'IntOrString' | 'DateTime' | 'JSON' | 'ResourceVersion' | 'StringMap' | 'Int64'
  }
}

/** One column of a table of objects, as `kubectl get` prints it. `cell` is pure; `now` is in milliseconds. */
export interface Column {
  readonly name: string
  readonly wide?: boolean
  readonly cell: (resource: Resource, now: number) => string
}

/** Fields by which objects of a kind can be selected, each with how its text is read from an object. Pure. */
export type SelectableFields = Readonly<Record<string, (resource: Resource) => string>>

/**
 * All that Myriad knows about a kind. Types, validation, defaults, GraphQL types, manifests and tables come from here.
 */
export interface KindDefinition {
  readonly kind: string
  readonly apiVersion: string
  /** Name of the GraphQL type, where it differs from `kind` (`ClusterNode` for Node). */
  readonly typeName: string
  readonly description: string
  /** Lower-case plural and singular and the short names, as kubectl takes them: `pods`, `pod`, [`po`]. */
  readonly plural: string
  readonly singular: string
  readonly shortNames: readonly string[]
  readonly scope: 'Namespaced' | 'Cluster'
  /** The fields beside apiVersion, kind and metadata: usually `spec` and `status`. Strict: unknown fields are faults. */
  readonly body: z.ZodObject
  /** Whether `spec.replicas` says how many pods are wanted, so that it can be scaled. */
  readonly isScalable?: boolean
  /** Whether `metadata.generation` counts spec changes. */
  readonly countsGeneration: boolean
  /** Fills in what the writer left out, where zod's `.default()` is not enough. Pure. */
  readonly applyDefaults?: (resource: Resource) => Resource
  /** The status of an object that was just created; none when absent. Asked after the defaults are applied. Pure. */
  readonly initialStatus?: (resource: Resource) => Readonly<Record<string, unknown>>
  /** Faults of an object beyond its shape and its metadata. The shape has been checked and defaults are applied. */
  readonly validate?: (resource: Resource) => readonly Cause[]
  /** Faults that only a new object can have. Called after `validate`. */
  readonly validateCreate?: (resource: Resource) => readonly Cause[]
  /** Faults of a change: what may not be changed. Called after `validate`. */
  readonly validateUpdate?: (next: Resource, previous: Resource) => readonly Cause[]
  /** Rule for `metadata.name`; returns faults as sentences. */
  readonly validateName: (name: string) => readonly string[]
  /** What field selectors may name beside `metadata.name` and `metadata.namespace`, as Kubernetes has it. */
  readonly selectableFields?: SelectableFields
  readonly columns: readonly Column[]
}
