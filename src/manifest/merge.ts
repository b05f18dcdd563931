type Json = Readonly<Record<string, unknown>>

/**
 * What an object becomes when a manifest is applied to it: what the manifest says, what it said before and says no
 * more is removed, and what others have set stays (kubectl's three-way merge,
 * https://kubernetes.io/docs/tasks/manage-kubernetes-objects/declarative-config/#how-apply-calculates-differences-and-merges-changes).
 * Lists are taken as a whole.
 */
export function mergeThreeWay({ last, wanted, live }: { last: Json; wanted: Json; live: Json }): Json {
  const merged = new Map(Object.entries(live))
  const applied = new Map(Object.entries(last))
  for (const [key, value] of applied) if (!Object.hasOwn(wanted, key)) removeApplied(merged, key, value)
  for (const [key, value] of Object.entries(wanted)) {
    const [before, said] = [merged.get(key), applied.get(key)]
    if (value === null) merged.delete(key)
    else if (isRecord(value) && isRecord(before)) {
      merged.set(key, mergeThreeWay({ last: isRecord(said) ? said : {}, wanted: value, live: before }))
    } else merged.set(key, value)
  }
  return Object.fromEntries(merged)
}

/** Takes away what was applied under a key; what others have added beneath it stays. */
function removeApplied(merged: Map<string, unknown>, key: string, applied: unknown): void {
  const before = merged.get(key)
  if (!isRecord(applied) || !isRecord(before)) {
    merged.delete(key)
    return
  }
  const rest = mergeThreeWay({ last: applied, wanted: {}, live: before })
  if (Object.keys(rest).length === 0) merged.delete(key)
  else merged.set(key, rest)
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
