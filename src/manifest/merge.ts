type Json = Readonly<Record<string, unknown>>

/**
 * What an object becomes when a manifest is applied to it: what the manifest says, what it said before and says no
 * more is removed, and what others have set stays (kubectl's three-way merge,
 * https://kubernetes.io/docs/tasks/manage-kubernetes-objects/declarative-config/#how-apply-calculates-differences-and-merges-changes).
 * Lists are taken as a whole.
 */
export function mergeThreeWay({ last, wanted, live }: { last: Json; wanted: Json; live: Json }): Json {
  const merged: Record<string, unknown> = { ...live }
  for (const key of Object.keys(last)) if (!(key in wanted) && key in live) removeApplied(merged, key, last[key])
  for (const [key, value] of Object.entries(wanted)) {
    const before = live[key]
    if (value === null) delete merged[key]
    else if (isRecord(value) && isRecord(before)) {
      merged[key] = mergeThreeWay({ last: isRecord(last[key]) ? last[key] : {}, wanted: value, live: before })
    } else merged[key] = value
  }
  return merged
}

/** Takes away what was applied under a key; what others have added beneath it stays. */
function removeApplied(merged: Record<string, unknown>, key: string, applied: unknown): void {
  const before = merged[key]
  if (!isRecord(applied) || !isRecord(before)) {
    delete merged[key]
    return
  }
  const rest = mergeThreeWay({ last: applied, wanted: {}, live: before })
  if (Object.keys(rest).length === 0) delete merged[key]
  else merged[key] = rest
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
