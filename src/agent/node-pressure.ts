import type { EvictionSignal, EvictionThresholds } from '../model/eviction-threshold.ts'

/** How much of something is left, and how much there is in all. */
export interface Remainder {
  readonly available: number
  readonly total: number
}

/** What was seen of a machine; what it does not tell is absent. */
export type MachineObservation = Readonly<Partial<Record<EvictionSignal, Remainder>>>

/** The conditions of a node that say what it is short of. */
export type PressureType = 'MemoryPressure' | 'DiskPressure' | 'PIDPressure'

/** When a machine was last seen short of something, in milliseconds since 1970. */
export type PressureMemory = Readonly<Partial<Record<PressureType, number>>>

/** How long a pressure is told after it was last seen (kubelet `eviction-pressure-transition-period`). */
const transitionPeriodMs = 5 * 60_000

const pressureOf: Readonly<Record<EvictionSignal, PressureType>> = {
  'memory.available': 'MemoryPressure',
  'nodefs.available': 'DiskPressure',
  'nodefs.inodesFree': 'DiskPressure',
  'pid.available': 'PIDPressure',
}

/**
 * Takes an observation in. A pressure begins as soon as less is left than a threshold says, and ends when that has not been so
 * for five minutes, so that it does not come and go (kubelet eviction manager).
 */
export function notePressure(
  memory: PressureMemory,
  observation: MachineObservation,
  { thresholds, now }: { readonly thresholds: EvictionThresholds; readonly now: number },
): PressureMemory {
  const short = [...thresholds].flatMap(([signal, threshold]) => {
    const left = observation[signal]
    if (left === undefined || left.total === 0) return []
    const least = 'part' in threshold ? threshold.part * left.total : threshold.amount
    return left.available < least ? [[pressureOf[signal], now] as const] : []
  })
  // A clock that was put back does not make a pressure last.
  const recent = Object.entries(memory).filter(([, seenAt]) => now - seenAt < transitionPeriodMs && seenAt <= now)
  return Object.fromEntries([...recent, ...short])
}
