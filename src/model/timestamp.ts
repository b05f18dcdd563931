let second = Number.NaN
let text = ''

/** RFC 3339 in UTC to the second, as Kubernetes' `metav1.Time` is written. `now` is in milliseconds. */
export function timestamp(now: number): string {
  const next = Math.floor(now / 1000)
  if (next !== second) {
    second = next
    text = `${new Date(next * 1000).toISOString().slice(0, 19)}Z`
  }
  return text
}
