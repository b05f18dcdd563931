const minute = 60
const hour = 60 * minute
const day = 24 * hour
const year = 365 * day

/**
 * A length of time as kubectl prints ages: `59s`, `2m5s`, `3h15m`, `5d8h`, `2y30d`; one or two units, the finer one only
 * while it matters (apimachinery `duration.HumanDuration`). Lengths below -1 s are `<invalid>`.
 */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.trunc(milliseconds / 1000)
  if (seconds < -1) return '<invalid>'
  if (seconds < 2 * minute) return `${Math.max(0, seconds)}s`
  if (seconds < 10 * minute) return inUnits(seconds, [minute, 'm'], [1, 's'])
  if (seconds < 3 * hour) return `${Math.floor(seconds / minute)}m`
  if (seconds < 8 * hour) return inUnits(seconds, [hour, 'h'], [minute, 'm'])
  if (seconds < 2 * day) return `${Math.floor(seconds / hour)}h`
  if (seconds < 8 * day) return inUnits(seconds, [day, 'd'], [hour, 'h'])
  if (seconds < 2 * year) return `${Math.floor(seconds / day)}d`
  if (seconds < 8 * year) return inUnits(seconds, [year, 'y'], [day, 'd'])
  return `${Math.floor(seconds / year)}y`
}

/** The time since an RFC 3339 timestamp, as `formatDuration`; `<unknown>` where there is none. `now` is in milliseconds. */
export function formatAge(timestamp: string | undefined, now: number): string {
  const then = timestamp === undefined ? Number.NaN : Date.parse(timestamp)
  return Number.isNaN(then) ? '<unknown>' : formatDuration(now - then)
}

type Unit = readonly [seconds: number, suffix: string]

function inUnits(seconds: number, coarse: Unit, fine: Unit): string {
  const whole = `${Math.floor(seconds / coarse[0])}${coarse[1]}`
  const rest = Math.floor((seconds % coarse[0]) / fine[0])
  return rest === 0 ? whole : `${whole}${rest}${fine[1]}`
}
