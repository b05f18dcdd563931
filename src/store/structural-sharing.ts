/**
 * The same value as `next`, built as far as possible from the parts of `previous` that are equal, so that versions of
 * one object, and objects of one template, share their memory, and so that "unchanged" can be seen by identity.
 * Both are JSON values. Neither is changed unless `next` is fresh from the parser, which is how it is used here.
 */
export function shareStructure<Value>(previous: unknown, next: Value): Value {
  return share(previous, next) as Value
}

function share(previous: unknown, next: unknown): unknown {
  if (previous === next) return previous
  if (typeof previous !== 'object' || typeof next !== 'object' || previous === null || next === null) return next
  if (Array.isArray(next)) return Array.isArray(previous) ? shareArray(previous, next) : next
  if (Array.isArray(previous)) return next
  return shareRecord(previous as Record<string, unknown>, next as Record<string, unknown>)
}

function shareArray(previous: readonly unknown[], next: unknown[]): readonly unknown[] {
  let equal = previous.length === next.length
  for (let index = 0; index < next.length; index += 1) {
    const item = share(previous[index], next[index])
    next[index] = item
    if (equal && item !== previous[index]) equal = false
  }
  return equal ? previous : next
}

function shareRecord(previous: Record<string, unknown>, next: Record<string, unknown>): Record<string, unknown> {
  let equal = true
  let count = 0
  for (const key in next) {
    count += 1
    const value = share(previous[key], next[key])
    next[key] = value
    if (value !== previous[key] || value === undefined) equal = false
  }
  if (!equal) return next
  for (const _ in previous) count -= 1
  return count === 0 ? previous : next
}
