import { UsageError } from './failure.ts'

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }

/** The longest that a timer of JavaScript takes, over three weeks: what is longer is as good as for ever. */
const longestMs = 2 ** 31 - 1

/**
 * Milliseconds, of which a timer can be made, of a time such as `30s`, `1m30s`, `1.5h` or `0`, as Go writes them. Throws a
 * UsageError for anything else.
 */
export function parseDuration(text: string, flag: string): number {
  const [, sign, amounts = ''] = /^(-?)((?:\d+(?:\.\d+)?(?:ms|s|m|h))+|0)$/.exec(text) ?? []
  if (sign === undefined) throw new UsageError(`${flag} must be a time such as 30s, 2m or 1h30m, not "${text}"`)
  const total = [...amounts.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)].reduce(
    (sum, [, amount, unit = 's']) => sum + Number(amount) * (unitMs[unit] ?? 0),
    0,
  )
  return sign === '-' ? -total : Math.min(total, longestMs)
}
