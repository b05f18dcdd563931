/** Whether a value of JSON has more levels of objects and lists than that. Looks no deeper than it must. */
export function isNestedDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  for (const key in value) {
    if (isNestedDeeper((value as Readonly<Record<string, unknown>>)[key], levels - 1)) return true
  }
  return false
}
