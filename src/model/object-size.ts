import type { Cause } from './errors.ts'

/** Bytes that an object may have as JSON: what Kubernetes' store takes in one request (https://etcd.io/docs/latest/dev-guide/limit/). */
const objectBytesMax = 1.5 * 1024 ** 2

/** The fault of an object that is too large to be kept. Costs a walk over its texts unless it is large indeed. */
export function sizeFaults(object: object): Cause[] {
  if (!mayExceed(object, objectBytesMax)) return []
  const bytes = new TextEncoder().encode(JSON.stringify(object)).length
  if (bytes <= objectBytesMax) return []
  const message = `Too long: the object has ${bytes} bytes as JSON, and may not have more than ${objectBytesMax}`
  return [{ field: '', reason: 'FieldValueTooLong', message }]
}

/** Bytes of JSON that a character of a text may become, as in `\\u0000`; and that anything else with its punctuation may. */
const bytesPerCharacterMax = 6
const bytesPerValueMax = 32

function mayExceed(object: object, bytesMax: number): boolean {
  let bytes = 0
  const add = (value: unknown): boolean => {
    bytes += bytesPerValueMax
    if (typeof value === 'string') bytes += value.length * bytesPerCharacterMax
    if (bytes > bytesMax) return true
    if (typeof value !== 'object' || value === null) return false
    if (Array.isArray(value)) return value.some(add)
    for (const key in value) {
      bytes += key.length * bytesPerCharacterMax
      if (add((value as Readonly<Record<string, unknown>>)[key])) return true
    }
    return false
  }
  return add(object)
}
