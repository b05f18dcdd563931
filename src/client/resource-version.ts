/**
 * Whether a position of the log lies behind another one. Positions are opaque to users of the API; this client is a part of
 * it and knows them as whole numbers in decimal.
 */
export function isBehind(left: string, right: string): boolean {
  return left.length === right.length ? left > right : left.length > right.length
}
