import type { Cause, CauseReason } from './errors.ts'

/**
 * The faults of one field, worded as Kubernetes' `field.Error`: `Invalid value: "X": why`. Paths are such as
 * `spec.containers[0].name` and `spec.nodeSelector[key]`.
 */
export function requiredFault(field: string, detail = ''): Cause {
  return fault('FieldValueRequired', field, detail === '' ? 'Required value' : `Required value: ${detail}`)
}

/** A value that breaks a rule; `detail` says which. */
export function invalidFault(field: string, value: unknown, detail: string): Cause {
  return fault('FieldValueInvalid', field, `Invalid value: ${shown(value)}: ${detail}`)
}

/** A value of the wrong type; `type` is what it must be, such as `integer`. */
export function typeFault(field: string, value: unknown, type: string): Cause {
  return fault('FieldValueTypeInvalid', field, `Invalid value: ${shown(value)}: must be of type ${type}`)
}

/** A value outside of a closed set. */
export function unsupportedFault(field: string, value: unknown, supported: readonly string[]): Cause {
  const values = supported.toSorted().map(shown).join(', ')
  return fault('FieldValueNotSupported', field, `Unsupported value: ${shown(value)}: supported values: ${values}`)
}

/** A value that occurs twice where it must be unique. */
export function duplicateFault(field: string, value: unknown, detail = ''): Cause {
  return fault('FieldValueDuplicate', field, `Duplicate value: ${shown(value)}${detail === '' ? '' : `: ${detail}`}`)
}

/** A field that may not be set, or not be changed, here. */
export function forbiddenFault(field: string, detail: string): Cause {
  return fault('FieldValueForbidden', field, `Forbidden: ${detail}`)
}

/** A name of something that is not there. */
export function notFoundFault(field: string, value: unknown, detail = ''): Cause {
  return fault('FieldValueNotFound', field, `Not found: ${shown(value)}${detail === '' ? '' : `: ${detail}`}`)
}

/** A text that is too long, or a map that is too big. */
export function tooLongFault(field: string, bytesMax: number): Cause {
  return fault('FieldValueTooLong', field, `Too long: may not be more than ${bytesMax} bytes`)
}

/** The faults that a rule of names.ts finds in a value. */
export function ruleFaults<Value>(field: string, value: Value, rule: (value: Value) => readonly string[]): Cause[] {
  return rule(value).map((detail) => invalidFault(field, value, detail))
}

/** The faults of a text that must be there and keep a rule. */
export function requiredTextFaults(
  field: string,
  value: string | undefined,
  rule: (value: string) => readonly string[] = () => [],
): Cause[] {
  return value === undefined || value === '' ? [requiredFault(field)] : ruleFaults(field, value, rule)
}

/** The faults of a text that keeps a rule where it is given. */
export function optionalTextFaults(
  field: string,
  value: string | undefined,
  rule: (value: string) => readonly string[],
): Cause[] {
  return value === undefined || value === '' ? [] : ruleFaults(field, value, rule)
}

/** The fault of a number that is out of range, both ends included. */
export function rangeFaults(field: string, value: number | undefined, min: number, max: number): Cause[] {
  if (value === undefined || (value >= min && value <= max)) return []
  return [invalidFault(field, value, `must be between ${min} and ${max}, inclusive`)]
}

/** The fault of a number below zero. */
export function negativeFaults(field: string, value: number | undefined): Cause[] {
  return value === undefined || value >= 0 ? [] : [invalidFault(field, value, 'must be greater than or equal to 0')]
}

/** The faults of the elements of a list, each told with its path. */
export function each<Element>(
  list: readonly Element[] | undefined,
  path: string,
  faultsOf: (element: Element, path: string, index: number) => readonly Cause[],
): Cause[] {
  return list === undefined ? [] : list.flatMap((element, index) => faultsOf(element, `${path}[${index}]`, index))
}

/** One fault for each element whose key came before. Elements without a key are passed over. */
export function duplicateFaults<Element>(
  list: readonly Element[] | undefined,
  keyOf: (element: Element) => string | undefined,
  pathOf: (index: number) => string,
): Cause[] {
  const seen = new Set<string>()
  return each(list, '', (element, _path, index) => {
    const key = keyOf(element)
    if (key === undefined || key === '') return []
    if (seen.has(key)) return [duplicateFault(pathOf(index), key)]
    seen.add(key)
    return []
  })
}

function fault(reason: CauseReason, field: string, message: string): Cause {
  return { field, reason, message }
}

/** Characters of a value that are shown: enough to know it again. */
const shownLengthMax = 500

/** A value as it is shown in a message: as JSON, without its end where it is long. It may be nested however deep. */
export function shown(value: unknown): string {
  let text = ''
  for (const part of jsonOf(value)) {
    text += part
    if (text.length > shownLengthMax) return `${text.slice(0, shownLengthMax)}…`
  }
  return text
}

/** JSON piece by piece, so that no more of it has to be made than is shown. */
function* jsonOf(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) {
    yield value === undefined ? 'null' : JSON.stringify(value)
    return
  }
  const isList = Array.isArray(value)
  yield isList ? '[' : '{'
  let separator = ''
  for (const key of isList ? value.keys() : Object.keys(value)) {
    const part = (value as Readonly<Record<PropertyKey, unknown>>)[key]
    if (part === undefined && !isList) continue
    yield isList ? separator : `${separator}${JSON.stringify(key)}:`
    yield* jsonOf(part)
    separator = ','
  }
  yield isList ? ']' : '}'
}
