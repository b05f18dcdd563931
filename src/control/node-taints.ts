import type { Node, NodeSpec } from '../model/kinds/node.ts'
import { timestamp } from '../model/timestamp.ts'
import { readinessOf } from './node-condition.ts'

type Taint = NonNullable<NodeSpec['taints']>[number]

const prefix = 'node.kubernetes.io/'
const notReady = `${prefix}not-ready`
const unreachable = `${prefix}unreachable`
const unschedulable = `${prefix}unschedulable`

/** Which taint follows from which status of which condition (Kubernetes `nodeConditionToTaintKeyStatusMap`). */
const taintKeys: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Ready: { False: notReady, Unknown: unreachable },
  MemoryPressure: { True: `${prefix}memory-pressure` },
  DiskPressure: { True: `${prefix}disk-pressure` },
  PIDPressure: { True: `${prefix}pid-pressure` },
  NetworkUnavailable: { True: `${prefix}network-unavailable` },
}

/** The keys whose NoSchedule taints are ours to set and to take. */
const ownKeys: ReadonlySet<string> = new Set([
  ...Object.values(taintKeys).flatMap((keys) => Object.values(keys)),
  unschedulable,
])

/** The NoExecute taint that a machine gets for each readiness that drives pods away. */
const evictingKeys: Readonly<Record<string, string>> = { False: notReady, Unknown: unreachable }

/**
 * The machine with the taints that follow at once from its conditions and from `spec.unschedulable`; the same machine
 * when it has them. Taints of others stay as they are and where they are (Kubernetes' node lifecycle controller,
 * `doNoScheduleTaintingPass` and `processTaintBaseEviction`):
 * - NoSchedule for each condition that keeps pods away, and for a machine that is cordoned;
 * - of NoExecute none when the machine is ready, and the other one when it went from unready to unreachable or back.
 */
export function withConditionTaints(node: Node, now: number): Node {
  const before = node.spec?.taints ?? []
  const evicting = evictingKeys[readinessOf(node) ?? '']
  const isEvicted = evicting !== undefined && before.some(isEvictingTaint)
  const wanted = new Map<string, Omit<Taint, 'timeAdded'>>()
  for (const key of blockingKeys(node)) wanted.set(`${key} NoSchedule`, { key, effect: 'NoSchedule' })
  if (isEvicted) wanted.set(`${evicting} NoExecute`, { key: evicting, effect: 'NoExecute' })
  const kept = before.filter((taint) => {
    if (!isBlockingTaint(taint) && (!isEvictingTaint(taint) || isUndecided(node))) return true
    return wanted.delete(`${taint.key} ${taint.effect}`)
  })
  if (kept.length === before.length && wanted.size === 0) return node
  return withTaints(node, [...kept, ...added(wanted.values(), now)])
}

/** The machine with the NoExecute taint of its readiness; the same one when it has it, or is ready. */
export function withEvictingTaint(node: Node, now: number): Node {
  const key = evictingKeys[readinessOf(node) ?? '']
  if (key === undefined || hasEvictingTaint(node)) return node
  return withTaints(node, [...(node.spec?.taints ?? []), ...added([{ key, effect: 'NoExecute' }], now)])
}

/** The machine without the NoExecute taints of its readiness; the same one when it has none. */
export function withoutEvictingTaints(node: Node): Node {
  if (!hasEvictingTaint(node)) return node
  return withTaints(
    node,
    (node.spec?.taints ?? []).filter((taint) => !isEvictingTaint(taint)),
  )
}

/** Whether the machine drives pods away because it is not ready or unreachable. */
export function hasEvictingTaint({ spec }: Node): boolean {
  return spec?.taints?.some(isEvictingTaint) === true
}

function blockingKeys({ spec, status }: Node): string[] {
  const keys = (status?.conditions ?? []).flatMap(({ type, status: word }) => taintKeys[type]?.[word] ?? [])
  return spec?.unschedulable === true ? [...keys, unschedulable] : keys
}

/** Nobody has said whether the machine is ready. */
function isUndecided(node: Node): boolean {
  return readinessOf(node) === undefined
}

function isBlockingTaint({ key, effect }: Taint): boolean {
  return effect === 'NoSchedule' && ownKeys.has(key)
}

function isEvictingTaint({ key, effect }: Taint): boolean {
  return effect === 'NoExecute' && (key === notReady || key === unreachable)
}

function added(taints: Iterable<Omit<Taint, 'timeAdded'>>, now: number): Taint[] {
  return [...taints].map((taint) => ({ ...taint, timeAdded: timestamp(now) }))
}

function withTaints(node: Node, taints: readonly Taint[]): Node {
  const { taints: _, ...rest } = node.spec ?? {}
  return { ...node, spec: taints.length === 0 ? rest : { ...rest, taints: [...taints] } }
}
