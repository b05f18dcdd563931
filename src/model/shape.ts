import { z } from 'zod'
import type { Cause } from './errors.ts'
import { causesOf, formatPath, typeAt, valueAt } from './shape-faults.ts'

type Fields = Readonly<Record<string, unknown>>
type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/** What an input says when it is held against a shape. */
export interface ShapedInput {
  /**
   * The input with the schema's defaults. Where there are faults, it is what can be understood of it: fields at fault left
   * out or empty, missing ones empty. Absent when that is not possible.
   */
  readonly value?: Fields
  readonly causes: readonly Cause[]
  /** One cause for each field that the schema does not know. */
  readonly unknownFields: readonly Cause[]
}

/** Faults that are looked into. Who sends more has sent something else than he thought, and to word them takes seconds. */
const faultsMax = 1_000

/** Rounds of repair; each gives at least one missing object its fields, and shapes are not nested that deep. */
const roundsMax = 12

/**
 * Holds an input against a schema, and tells all faults at once. An input that is right costs one parse; another one is
 * repaired and parsed again, until nothing is left to tell.
 */
export function parseShape(schema: z.ZodObject, input: Fields): ShapedInput {
  const result = judge(schema, input)
  if (result?.success === true) return { value: result.data, causes: [], unknownFields: [] }
  const told: Told = { faults: new Map(), unknownFields: new Map(), removed: new Set() }
  // A copy: it is repaired in place, since an input can have ten thousand faults.
  const current = withoutNulls(input) as Fields
  for (let round = 0; round < roundsMax; round += 1) {
    const held = judge(schema, current)
    if (held === undefined) return { causes: [tooMany('more faults than can be looked into')], unknownFields: [] }
    const { data, error } = held
    if (error === undefined) return { value: data, ...summary(told) }
    const faults = error.issues.filter((issue) => !isForgiven(current, issue, schema))
    if (countFaults(faults) > faultsMax) return firstFaults(faults, schema, current)
    const repaired = error.issues.map((issue) => repair(current, issue, schema, told))
    if (repaired.includes(false)) return summary(told)
  }
  return summary(told)
}

/**
 * What zod finds; undefined where it is more than it can hand on. What is wrong within one element of a list it hands on as
 * arguments, of which V8 takes some hundred thousand.
 */
function judge(schema: z.ZodObject, input: Fields): z.ZodSafeParseResult<Fields> | undefined {
  try {
    return schema.safeParse(input)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function countFaults(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0)
}

/** The first faults of very many; those of other rounds are not found. */
function firstFaults(issues: readonly Issue[], schema: z.ZodObject, input: Fields): ShapedInput {
  const causes: Cause[] = []
  for (const issue of issues) {
    if (causes.length >= faultsMax) break
    const rest = faultsMax - causes.length
    const some = issue.code === 'unrecognized_keys' ? { ...issue, keys: issue.keys.slice(0, rest) } : issue
    causes.push(...causesOf(some, schema, input))
  }
  const count = `${countFaults(issues)} faults, of which the first ${faultsMax} have been looked into`
  return { causes: [tooMany(count), ...causes], unknownFields: [] }
}

function tooMany(what: string): Cause {
  return { field: '', reason: 'FieldValueTooMany', message: `Too many: ${what}` }
}

interface Told {
  readonly faults: Map<string, { readonly path: Path; readonly causes: readonly Cause[] }>
  readonly unknownFields: Map<string, Cause>
  /** Paths of values that were taken out because they were at fault. */
  readonly removed: Set<string>
}

/** Tells an issue and puts it right; false when that cannot be done. */
function repair(input: Fields, issue: Issue, schema: z.ZodObject, told: Told): boolean {
  const causes = causesOf(issue, schema, input)
  if (issue.code === 'unrecognized_keys') {
    for (const cause of causes) told.unknownFields.set(cause.field, cause)
    for (const key of issue.keys) setValue(input, [...issue.path, key], undefined)
    return true
  }
  const field = formatPath(schema, issue.path)
  const value = valueAt(input, issue.path)
  const isMissing = value === undefined || value === null
  const isSilent = isForgiven(input, issue, schema) || (isMissing && told.removed.has(field))
  if (!isSilent) told.faults.set(field, { path: issue.path, causes })
  if (isMissing) {
    const empty = emptyValue(issue)
    if (empty !== undefined) setValue(input, issue.path, empty)
    return empty !== undefined
  }
  if (!isSilent) told.removed.add(field)
  setValue(input, issue.path, undefined)
  return true
}

/** Whether what an issue is about means that nothing is there, as in Kubernetes: null in a list, and an empty choice. */
function isForgiven(input: Fields, issue: Issue, schema: z.ZodObject): boolean {
  const value = valueAt(input, issue.path)
  if (value === null) return typeof issue.path.at(-1) === 'number' && issue.code !== 'invalid_value'
  return issue.code === 'invalid_value' && value === '' && !isPointer(schema, issue.path)
}

function isPointer(schema: z.ZodObject, path: Path): boolean {
  const type = typeAt(schema, path)
  return type !== undefined && z.globalRegistry.get(type)?.isPointer === true
}

/**
 * What an absent value means in Kubernetes' types. A closed set has no empty value: any of it stands in, once that is told, so
 * that the rest is judged.
 */
function emptyValue(issue: Issue): unknown {
  if (issue.code === 'invalid_union') return ''
  if (issue.code === 'invalid_value') return issue.values[0]
  if (issue.code !== 'invalid_type') return undefined
  switch (issue.expected) {
    case 'object':
    case 'record':
      return {}
    case 'array':
      return []
    case 'string':
      return ''
    case 'boolean':
      return false
    case 'number':
    case 'int':
      return 0
    default:
      return undefined
  }
}

/** A missing object is not told where what is missing in it is: `spec.containers` says more than `spec`. */
function summary({ faults, unknownFields }: Told): { causes: Cause[]; unknownFields: Cause[] } {
  const all = [...faults.values()]
  const parents = new Set(all.flatMap(({ path }) => path.map((_, length) => JSON.stringify(path.slice(0, length)))))
  const causes = all.filter(({ path }) => !parents.has(JSON.stringify(path))).flatMap((fault) => fault.causes)
  return { causes, unknownFields: [...unknownFields.values()] }
}

/** Sets what is at a path; undefined takes a field out. */
function setValue(input: unknown, path: Path, value: unknown): void {
  const parent = valueAt(input, path.slice(0, -1))
  const key = path.at(-1)
  if (key === undefined || typeof parent !== 'object' || parent === null) return
  const holder = parent as Record<PropertyKey, unknown>
  if (value === undefined && !Array.isArray(parent)) delete holder[key]
  else holder[key] = value
}

function withoutNulls(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(withoutNulls)
  if (!isMap(input)) return input
  const entries = Object.entries(input).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutNulls(value)]))
}

function isMap(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
