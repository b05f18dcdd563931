import { compareQuantities, parseQuantity } from '../model/quantity.ts'
import { CommandError } from './failure.ts'
import { valuesAt } from './json-path.ts'
import { parseRelaxedPath } from './json-path-template.ts'

/**
 * The objects in the order of what a path leads to, as `kubectl get --sort-by` has them: numbers and quantities by their
 * amount, times and other texts as people count (`pod-2` before `pod-10`), what is missing first. Equals stay as they were.
 */
export function sortObjects<Sorted>(objects: readonly Sorted[], by: string): Sorted[] {
  return keyed(objects, by)
    .toSorted((left, right) => compareValues(left.key, right.key))
    .map(({ object }) => object)
}

/** Throws a CommandError where there are objects and none of them has what a path leads to. */
export function requireField(objects: readonly unknown[], by: string): void {
  if (objects.length === 0 || keyed(objects, by).some(({ key }) => key !== undefined)) return
  const path = `{.${by.replace(/^\{?\.?/, '').replace(/\}$/, '')}}`
  throw new CommandError(`couldn't find any field with path "${path}" in the list of objects`)
}

function keyed<Sorted>(objects: readonly Sorted[], by: string): { readonly object: Sorted; readonly key: unknown }[] {
  const path = parseRelaxedPath(by)
  return objects.map((object) => ({ object, key: valuesAt(path, object)[0] }))
}

/** Below, equal or above 0 as the first value comes before, with or after the second. */
function compareValues(left: unknown, right: unknown): number {
  const [leftRank, rightRank] = [rankOf(left), rankOf(right)]
  if (leftRank !== rightRank) return leftRank - rightRank
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (typeof left === 'boolean' || typeof right === 'boolean') return Number(left) - Number(right)
  if (typeof left !== 'string' || typeof right !== 'string') return 0
  const amounts = [parseQuantity(left), parseQuantity(right)] as const
  if (amounts[0] !== null && amounts[1] !== null) return compareQuantities(amounts[0], amounts[1])
  naturally ??= new Intl.Collator('en', { numeric: true })
  return naturally.compare(left, right)
}

/** Made when it is first needed: that takes milliseconds. */
let naturally: Intl.Collator | undefined

function rankOf(value: unknown): number {
  if (value === undefined || value === null) return 0
  return ['boolean', 'number', 'string'].indexOf(typeof value) + 1 || 4
}
