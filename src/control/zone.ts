import type { Node } from '../model/kinds/node.ts'

/** How a zone fares (Kubernetes' node lifecycle controller, `ComputeZoneState`). */
export type ZoneState = 'Normal' | 'PartialDisruption' | 'FullDisruption'

/** How fast machines of a zone may be given up; names and defaults are those of Kubernetes' controller manager. */
export interface EvictionRates {
  /** Machines a second that a zone gives up usually. */
  readonly nodeEvictionRate: number
  /** The same for a large zone in partial disruption; a small one then gives up none. */
  readonly secondaryNodeEvictionRate: number
  /** Share of machines that are not ready from which on a zone counts as disrupted. */
  readonly unhealthyZoneThreshold: number
  /** Machines up to which a zone is a small one. */
  readonly largeClusterSizeThreshold: number
}

/** Machines that are not ready from which on a zone can be partially disrupted. */
const disruptedMin = 3

/** The zone of a machine as one text, from its labels; empty without such labels (Kubernetes `GetZoneKey`). */
export function zoneOf({ metadata: { labels } }: Node): string {
  if (labels === undefined) return ''
  const zone = labels['topology.kubernetes.io/zone'] ?? labels['failure-domain.beta.kubernetes.io/zone'] ?? ''
  const region = labels['topology.kubernetes.io/region'] ?? labels['failure-domain.beta.kubernetes.io/region'] ?? ''
  return zone === '' && region === '' ? '' : `${region}:\u0000:${zone}`
}

/** The state of a zone with so many machines, of which so many are ready. */
export function zoneStateOf(size: number, readyCount: number, { unhealthyZoneThreshold }: EvictionRates): ZoneState {
  const unready = size - readyCount
  if (readyCount === 0 && unready > 0) return 'FullDisruption'
  if (unready >= disruptedMin && unready / size >= unhealthyZoneThreshold) return 'PartialDisruption'
  return 'Normal'
}

/** Machines a second that a zone may give up, unless all zones are fully disrupted. */
export function evictionRateOf(state: ZoneState, size: number, rates: EvictionRates): number {
  if (state !== 'PartialDisruption') return rates.nodeEvictionRate
  return size > rates.largeClusterSizeThreshold ? rates.secondaryNodeEvictionRate : 0
}

/** What a zone may give up now, in machines. */
export interface Allowance {
  readonly rate: number
  readonly count: number
  /** Whether machines had to wait: only then more than one may come together, since looks are further apart. */
  readonly isAwaited: boolean
}

/** The allowance after some time at a rate. Another rate keeps at most one machine, and that only if it was there. */
export function refill(before: Allowance | undefined, rate: number, passedMs: number): Allowance {
  if (before === undefined) return { rate, count: 1, isAwaited: false }
  if (before.rate !== rate) return { rate, count: before.count >= 1 ? 1 : 0, isAwaited: before.isAwaited }
  const count = before.count + (rate * passedMs) / 1_000
  return { rate, count: before.isAwaited ? count : Math.min(count, 1), isAwaited: before.isAwaited }
}

/** Of so many that wait, how many may go; and what is left of the allowance. */
export function draw(allowance: Allowance, waiting: number): { readonly drawn: number; readonly left: Allowance } {
  // A sum of tenths must not fall short of one.
  const allowed = allowance.rate === 0 ? 0 : Math.floor(allowance.count + 1e-9)
  const drawn = Math.min(allowed, waiting)
  return { drawn, left: { ...allowance, count: allowance.count - drawn, isAwaited: waiting > drawn } }
}
