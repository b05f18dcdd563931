/** What a value of JSON may have at most. What is not named has no bound. */
export interface JsonBounds {
  /** Objects and lists within each other. */
  readonly levels?: number
  /** Values, itself included. */
  readonly values?: number
}

/**
 * The bound that a value of JSON is beyond, of both the one that is met first; undefined where it is within them. Looks at
 * no more values than it must; only the keys of an object are always listed, which is how JavaScript goes through them.
 */
export function excessIn(
  value: unknown,
  { levels = Number.POSITIVE_INFINITY, values = Number.POSITIVE_INFINITY }: JsonBounds,
): keyof JsonBounds | undefined {
  let left = values
  const walk = (part: unknown, levelsLeft: number): keyof JsonBounds | undefined => {
    left -= 1
    if (left < 0) return 'values'
    if (typeof part !== 'object' || part === null) return undefined
    if (levelsLeft === 0) return 'levels'
    if (Array.isArray(part)) {
      for (let index = 0; index < part.length; index += 1) {
        const excess = walk(part[index], levelsLeft - 1)
        if (excess !== undefined) return excess
      }
      return undefined
    }
    for (const key in part) {
      const excess = walk((part as Readonly<Record<string, unknown>>)[key], levelsLeft - 1)
      if (excess !== undefined) return excess
    }
    return undefined
  }
  return walk(value, levels)
}
