import { z } from 'zod'
import type { Cause } from './errors.ts'
import { typeFault, unsupportedFault } from './fault.ts'
import type { KindDefinition } from './kind.ts'
import { validateMetadata, validateMetadataUpdate } from './metadata-validation.ts'
import { type ObjectMeta, objectMeta, type Resource } from './resource.ts'
import { parseShape } from './shape.ts'

/** An object as a writer gave it: of the right shape, but without what the server adds. */
export interface Draft {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: Partial<ObjectMeta>
  readonly [field: string]: unknown
}

export interface Parsed {
  /**
   * Absent when the input is too far from the shape to be judged further. Where there are causes, it is what the rest of
   * the input says, for `validateCreate` to find the other faults in; it must not be stored then.
   */
  readonly object?: Draft
  readonly causes: readonly Cause[]
}

export interface ParseOptions {
  /** Whether a status in the input is kept and its shape checked; otherwise it is dropped unseen. */
  readonly keepsStatus?: boolean
}

/**
 * Holds an input against the shape of a kind and tells all faults of shape at once. Null, and an empty text in a closed
 * set, mean that a field is absent, as in Kubernetes. The zod defaults are filled in; `applyDefaults` is the caller's.
 */
export function parseObject(definition: KindDefinition, input: unknown, options: ParseOptions = {}): Parsed {
  const { keepsStatus = false } = options
  if (!isMap(input)) return { causes: [typeFault('', input, 'object')] }
  const { status, ...rest } = input
  const draft = withOwnMetadata(keepsStatus && status !== undefined ? { ...rest, status } : rest)
  const { value, causes, unknownFields } = parseShape(schemaOf(definition, keepsStatus), draft)
  const faults = [...typeFaults(definition, draft), ...causes, ...unknownFields]
  if (value === undefined) return { causes: faults }
  const { apiVersion, kind } = definition
  return { object: { ...(value as Draft), apiVersion, kind }, causes: faults }
}

/** Holds a status alone against the shape of a kind, as agents and controllers report it. */
export function parseStatus(
  definition: KindDefinition,
  input: unknown,
): { readonly status?: Readonly<Record<string, unknown>>; readonly causes: readonly Cause[] } {
  const schema = statusSchemaOf(definition)
  const { value, causes, unknownFields } = parseShape(schema, { status: input ?? {} })
  const faults = [...causes, ...unknownFields]
  const status = value?.['status'] as Readonly<Record<string, unknown>> | undefined
  return faults.length > 0 || status === undefined ? { causes: faults } : { status, causes: [] }
}

/**
 * All faults of a new object beyond its shape. Its name has been generated, its namespace set, its defaults applied.
 * What `parseObject` told already, such as a missing field, may be told again.
 */
export function validateCreate(definition: KindDefinition, object: Resource): Cause[] {
  return [
    ...validateMetadata(definition, object.metadata),
    ...(definition.validate?.(object) ?? []),
    ...(definition.validateCreate?.(object) ?? []),
  ]
}

/**
 * All faults of a change beyond the shape of the new object. What the server owns (`uid`, `creationTimestamp`, …) and the
 * writer left out has been taken from `previous` before, and defaults are applied.
 */
export function validateUpdate(definition: KindDefinition, next: Resource, previous: Resource): Cause[] {
  return [
    ...validateMetadataUpdate(next.metadata, previous.metadata),
    ...validateMetadata(definition, next.metadata),
    ...(definition.validate?.(next) ?? []),
    ...(definition.validateUpdate?.(next, previous) ?? []),
  ]
}

type Fields = Readonly<Record<string, unknown>>
type BodyShape = Readonly<Record<string, z.ZodType>>

/** Metadata as a writer may give it: everything may be left out. */
const draftMetadata = objectMeta.partial()

const schemas = new WeakMap<KindDefinition, Map<boolean, z.ZodObject>>()

function schemaOf(definition: KindDefinition, withStatus: boolean): z.ZodObject {
  const known = schemas.get(definition) ?? new Map<boolean, z.ZodObject>()
  schemas.set(definition, known)
  const existing = known.get(withStatus)
  if (existing !== undefined) return existing
  const { status, ...fields }: BodyShape = definition.body.shape
  const schema = z.strictObject({
    apiVersion: z.string().optional(),
    kind: z.string().optional(),
    metadata: draftMetadata.optional().prefault({}),
    ...fields,
    ...(withStatus && status !== undefined ? { status } : {}),
  })
  known.set(withStatus, schema)
  return schema
}

const statusSchemas = new WeakMap<KindDefinition, z.ZodObject>()

function statusSchemaOf(definition: KindDefinition): z.ZodObject {
  const known = statusSchemas.get(definition)
  if (known !== undefined) return known
  const { status }: BodyShape = definition.body.shape
  const schema = z.strictObject({ status: status ?? z.never() })
  statusSchemas.set(definition, schema)
  return schema
}

function typeFaults(definition: KindDefinition, input: Fields): Cause[] {
  return (['apiVersion', 'kind'] as const).flatMap((field) => {
    const given = input[field]
    if (given === undefined || given === null || given === definition[field]) return []
    return typeof given === 'string' ? [unsupportedFault(field, given, [definition[field]])] : []
  })
}

/** Without what other servers wrote into an object that was exported from them, and without an empty namespace: it is none. */
function withOwnMetadata(input: Fields): Fields {
  const { metadata } = input
  if (!isMap(metadata)) return input
  const isForeign = (field: string, value: unknown) =>
    field === 'managedFields' || field === 'selfLink' || (field === 'namespace' && value === '')
  const fields = Object.entries(metadata)
  const own = fields.filter(([field, value]) => !isForeign(field, value))
  return own.length === fields.length ? input : { ...input, metadata: Object.fromEntries(own) }
}

function isMap(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
