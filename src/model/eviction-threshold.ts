import { parseQuantity, scaleQuantity } from './quantity.ts'

/** What a node agent watches of a machine (Kubernetes "eviction signals"). */
export const evictionSignals = ['memory.available', 'nodefs.available', 'nodefs.inodesFree', 'pid.available'] as const

export type EvictionSignal = (typeof evictionSignals)[number]

/** How little of something may be left before a machine is under pressure: an amount, or a part of all there is. */
export type EvictionThresholds = ReadonlyMap<EvictionSignal, { readonly amount: number } | { readonly part: number }>

/**
 * Reads thresholds as the kubelet's `--eviction-hard` has them, such as `memory.available<100Mi,nodefs.available<10%`. Null
 * when the text is none; an empty one means that nothing is watched.
 */
export function parseEvictionThresholds(text: string): EvictionThresholds | null {
  const thresholds = new Map<EvictionSignal, { amount: number } | { part: number }>()
  for (const entry of text.split(',').filter((one) => one.trim() !== '')) {
    const [name = '', value = '', ...rest] = entry.trim().split('<')
    const signal = evictionSignals.find((one) => one === name)
    const threshold = parseValue(value)
    if (signal === undefined || threshold === null || rest.length > 0 || thresholds.has(signal)) return null
    thresholds.set(signal, threshold)
  }
  return thresholds
}

function parseValue(text: string): { amount: number } | { part: number } | null {
  const percentage = /^(\d+(?:\.\d+)?)%$/.exec(text)?.[1]
  if (percentage !== undefined) return Number(percentage) <= 100 ? { part: Number(percentage) / 100 } : null
  const quantity = parseQuantity(text)
  return quantity === null || quantity.nano < 0n ? null : { amount: Number(scaleQuantity(quantity, 0)) }
}
