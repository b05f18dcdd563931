import type { z } from 'zod'
import type { Cause } from './errors.ts'
import { invalidFault, requiredFault, typeFault, unsupportedFault } from './fault.ts'
import { suggestName } from './names.ts'

type Issue = z.core.$ZodIssue

/**
 * The causes that a zod issue amounts to, worded and placed as Kubernetes does: `Required value`, `Unsupported value: …`,
 * `unknown field "imagee", did you mean "image"?`. `schema` is what the input was held against.
 */
export function causesOf(issue: Issue, schema: z.core.$ZodType, input: unknown): Cause[] {
  const field = formatPath(schema, issue.path)
  const value = valueAt(input, issue.path)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownField(field, key, knownFields(schema, issue.path)))
  }
  if (value === undefined || value === null) return [requiredFault(field)]
  return [describe(issue, { field, value, schema: typeAt(schema, issue.path) })]
}

/** The value at a path of an input; undefined where the path leads nowhere. */
export function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null) return undefined
    return (value as Readonly<Record<PropertyKey, unknown>>)[key]
  }, input)
}

/** A path as Kubernetes writes it: `spec.containers[0].name`, and `spec.nodeSelector[key]` below a map. */
export function formatPath(schema: z.core.$ZodType, path: readonly PropertyKey[]): string {
  let text = ''
  let at: z.core.$ZodType | undefined = schema
  for (const key of path) {
    const def: z.core.$ZodTypes['_zod']['def'] | undefined = at && definitionOf(at)
    const isKey = typeof key === 'number' || def?.type === 'record'
    text += isKey ? `[${String(key)}]` : `${text === '' ? '' : '.'}${String(key)}`
    at = def && childOf(def, key)
  }
  return text
}

function unknownField(parent: string, key: string, known: readonly string[]): Cause {
  const suggestion = suggestName(key, known)
  const hint = suggestion === undefined ? '' : `, did you mean "${suggestion}"?`
  const field = parent === '' ? key : `${parent}.${key}`
  return { field, reason: 'FieldValueInvalid', message: `unknown field ${JSON.stringify(key)}${hint}` }
}

interface Found {
  readonly field: string
  readonly value: unknown
  /** What the value must be. */
  readonly schema: z.core.$ZodType | undefined
}

function describe(issue: Issue, { field, value, schema }: Found): Cause {
  switch (issue.code) {
    case 'invalid_type':
      return typeFault(field, value, typeNames[issue.expected] ?? issue.expected)
    case 'invalid_union':
      return typeFault(field, value, 'integer or string')
    case 'invalid_value':
      return value === '' ? requiredFault(field) : unsupportedFault(field, value, issue.values.map(String))
    case 'invalid_format':
      return invalidFault(field, value, `must be ${formatNames[issue.format] ?? issue.format}`)
    case 'too_big':
    case 'too_small':
      return invalidFault(field, value, rangeOf(schema))
    default:
      return invalidFault(field, value, issue.message)
  }
}

/** The range of an integer type: 32 bits, or what of 64 bits a number of JSON holds exactly. */
function rangeOf(schema: z.core.$ZodType | undefined): string {
  const def = schema && definitionOf(schema)
  const is32 = def?.type === 'number' && 'format' in def && def.format === 'int32'
  const [min, max] = is32 ? [-(2 ** 31), 2 ** 31 - 1] : [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]
  return `must be between ${min} and ${max}, inclusive`
}

const typeNames: Readonly<Record<string, string>> = {
  int: 'integer',
  number: 'integer',
  record: 'object',
}

const formatNames: Readonly<Record<string, string>> = {
  datetime: 'an RFC 3339 time such as 2026-01-31T12:00:00Z',
}

/** The type of what is at a path, below its wrappers. */
export function typeAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): z.core.$ZodType | undefined {
  const type = path.reduce<z.core.$ZodType | undefined>((at, key) => at && childOf(definitionOf(at), key), schema)
  return type && unwrapped(type)
}

function knownFields(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  const parent = typeAt(schema, path)
  const def = parent && definitionOf(parent)
  return def?.type === 'object' ? Object.keys(def.shape) : []
}

function childOf(def: z.core.$ZodTypes['_zod']['def'], key: PropertyKey): z.core.$ZodType | undefined {
  switch (def.type) {
    case 'object':
      return def.shape[String(key)]
    case 'array':
      return def.element
    case 'record':
      return def.valueType
    default:
      return undefined
  }
}

/** What a type is below its wrappers. */
function definitionOf(schema: z.core.$ZodType): z.core.$ZodTypes['_zod']['def'] {
  return (unwrapped(schema)._zod as z.core.$ZodTypes['_zod']).def
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  const { def } = schema._zod as z.core.$ZodTypes['_zod']
  switch (def.type) {
    case 'optional':
    case 'default':
    case 'prefault':
    case 'readonly':
      return unwrapped(def.innerType)
    default:
      return schema
  }
}
