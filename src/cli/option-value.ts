import { InvalidArgumentError } from 'commander'

/** Collects the values of an option that can be given several times, each a list with commas. */
export function collectWords(value: string, words: readonly string[] = []): readonly string[] {
  return [...words, ...value.split(',').filter((word) => word !== '')]
}

/** A whole number that is not negative. */
export function parseCount(value: string): number {
  if (/^\d+$/.test(value)) return Number(value)
  throw new InvalidArgumentError('It must be a whole number that is not negative.')
}

/** A whole number, which may be negative. */
export function parseInteger(value: string): number {
  if (/^-?\d+$/.test(value)) return Number(value)
  throw new InvalidArgumentError('It must be a whole number.')
}

/** Collects the values of an option that can be given several times, each as it is. */
export function collectValues(value: string, values: readonly string[] = []): readonly string[] {
  return [...values, value]
}
