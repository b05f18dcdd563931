const int32Max = 2n ** 31n - 1n

/** Whether a text is a 32-bit integer in decimal, as Go's `strconv.ParseInt(text, 10, 32)` takes it, without a leading `+` or zeros. */
export function isInt32(text: string): boolean {
  if (!/^(0|-?[1-9]\d{0,9})$/.test(text)) return false
  const value = BigInt(text)
  return value <= int32Max && value >= -int32Max - 1n
}
