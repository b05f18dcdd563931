/** Whether the text is a 64-bit integer in decimal, as Go's `strconv.ParseInt(text, 10, 64)` takes it. */
export function isInt64(text: string): boolean {
  if (!/^[-+]?[0-9]+$/.test(text)) return false
  if (text.length < digitsThatAreExact) return true
  const digits = text.replace(/^[-+]?0*/, '')
  if (digits.length > 19) return false
  return BigInt(`0${digits}`) < 2n ** 63n + (text.startsWith('-') ? 1n : 0n)
}

/** -1, 0 or 1 as `a` is less than, equal to or greater than `b`; undefined when one of them is no 64-bit integer. */
export function compareInt64(a: string, b: string): -1 | 0 | 1 | undefined {
  if (!isInt64(a) || !isInt64(b)) return undefined
  const isExact = a.length < digitsThatAreExact && b.length < digitsThatAreExact
  const [left, right] = isExact ? [Number(a), Number(b)] : [bigIntOf(a), bigIntOf(b)]
  if (left === right) return 0
  return left < right ? -1 : 1
}

const digitsThatAreExact = 16

function bigIntOf(text: string): bigint {
  return BigInt(text.replace('+', ''))
}
