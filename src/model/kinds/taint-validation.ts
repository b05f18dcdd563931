import type { Cause } from '../errors.ts'
import { duplicateFault, each, ruleFaults } from '../fault.ts'
import { labelValueFaults, qualifiedNameFaults } from '../names.ts'
import type { Taint } from '../taint.ts'

/** The faults of the taints of a node (Kubernetes `validateNodeTaints`). */
export function validateTaints(taints: readonly Taint[] | undefined, path: string): Cause[] {
  const seen = new Set<string>()
  return each(taints, path, (taint, at) => {
    const { key, value = '', effect } = taint
    const pair = `${key}:${effect}`
    const isDuplicate = seen.has(pair)
    seen.add(pair)
    return [
      ...ruleFaults(`${at}.key`, key, qualifiedNameFaults),
      ...ruleFaults(`${at}.value`, value, labelValueFaults),
      ...(isDuplicate ? [duplicateFault(at, taint, 'taints must be unique by key and effect pair')] : []),
    ]
  })
}
