import type { Filter, Rejection } from './filter.ts'
import type { SchedulingPod } from './subjects.ts'

/** How many nodes gave this reason. */
export interface ReasonCount {
  readonly reason: string
  readonly nodes: number
}

/** What one filter has against the nodes that got as far as it. */
export interface FilterCount {
  readonly filter: string
  /** Nodes that this filter was the first to reject. */
  readonly nodes: number
  /** Greatest count first. A node may give several reasons. */
  readonly reasons: readonly ReasonCount[]
  /** What would unblock the pod: a sentence. */
  readonly help: string
}

/** Why a pod fits on no node. */
export interface Diagnosis {
  /** The whole in one sentence, as Kubernetes words it: `0/5 nodes are available: 5 Insufficient cpu.` */
  readonly message: string
  /** Nodes looked at: all there are. */
  readonly nodes: number
  /** In the order in which the filters are asked; filters that rejected nothing are left out. */
  readonly filters: readonly FilterCount[]
}

/** The diagnosis for a pod that every one of `nodes` nodes rejected. */
export function diagnose(
  pod: SchedulingPod,
  filters: readonly Filter[],
  { rejections, nodes }: { readonly rejections: ReadonlyMap<Rejection, number>; readonly nodes: number },
): Diagnosis {
  return { message: messageOf(rejections, nodes), nodes, filters: countFilters(pod, filters, rejections) }
}

/** What each filter has against how many nodes. */
export function countFilters(
  pod: SchedulingPod,
  filters: readonly Filter[],
  rejections: ReadonlyMap<Rejection, number>,
): FilterCount[] {
  return filters.flatMap(({ name, help }) => {
    const own = [...rejections].filter(([rejection]) => rejection.filter === name)
    if (own.length === 0) return []
    const nodes = own.reduce((sum, [, count]) => sum + count, 0)
    const reasons = [...countReasons(own)].map(([reason, count]) => ({ reason, nodes: count }))
    reasons.sort((a, b) => b.nodes - a.nodes || (a.reason < b.reason ? -1 : 1))
    return { filter: name, nodes, reasons, help: help(pod) }
  })
}

/** Counts and reasons in the order of their texts, as Kubernetes' `FitError` does. */
function messageOf(rejections: ReadonlyMap<Rejection, number>, nodes: number): string {
  if (nodes === 0) return 'no nodes available to schedule pods'
  const counts = [...countReasons(rejections)].map(([reason, count]) => `${count} ${reason}`)
  return `0/${nodes} nodes are available: ${counts.toSorted().join(', ')}.`
}

function countReasons(rejections: Iterable<readonly [Rejection, number]>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const [{ reasons }, count] of rejections) {
    for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + count)
  }
  return counts
}
