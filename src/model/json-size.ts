/** Whether a value of JSON has more levels of objects and lists than that. Looks no deeper than it must. */
export function isNestedDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  const parts: readonly unknown[] = Array.isArray(value) ? value : Object.values(value)
  return parts.some((part) => isNestedDeeper(part, levels - 1))
}

/** Whether there are more values in a value of JSON than that, itself included. Looks at no more of them than it must. */
export function hasMoreValues(value: unknown, max: number): boolean {
  return rest(value, max) < 0
}

/** What is left of a number when each value takes one; less than nothing where there are more. */
function rest(value: unknown, max: number): number {
  let left = max - 1
  if (typeof value !== 'object' || value === null) return left
  for (const key in value) {
    if (left < 0) break
    left = rest((value as Readonly<Record<string, unknown>>)[key], left)
  }
  return left
}
