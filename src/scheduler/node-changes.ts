import type { Taint } from '../model/taint.ts'
import type { ClusterChangeKind } from './cluster-change.ts'
import type { SchedulingNode } from './subjects.ts'

/** What has changed of a node that filters and scores judge once: labels, taints, cordon. */
export interface JudgedChanges {
  readonly changed: boolean
  /** The changes that may make the node fit for pods that it was not fit for. */
  readonly helpful: readonly ClusterChangeKind[]
}

const unchanged: JudgedChanges = { changed: false, helpful: [] }

/** Compares two versions of a node. Versions that share their parts, as stored objects do, cost next to nothing. */
export function judgedChanges(previous: SchedulingNode, node: SchedulingNode): JudgedChanges {
  const labels = !sameLabels(previous.metadata.labels, node.metadata.labels)
  const taints = !sameTaints(previous.spec?.taints, node.spec?.taints)
  const wasCordoned = previous.spec?.unschedulable === true
  const isCordoned = node.spec?.unschedulable === true
  if (!labels && !taints && wasCordoned === isCordoned) return unchanged
  const helpful: ClusterChangeKind[] = []
  if (labels) helpful.push('NodeUpdateLabel')
  if (taints) helpful.push('NodeUpdateTaint')
  if (wasCordoned && !isCordoned) helpful.push('NodeUncordon')
  return { changed: true, helpful }
}

type Labels = Readonly<Record<string, string>>

function sameLabels(a: Labels = {}, b: Labels = {}): boolean {
  if (a === b) return true
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && a[key] === b[key])
}

function sameTaints(a: readonly Taint[] = [], b: readonly Taint[] = []): boolean {
  return a === b || (a.length === b.length && a.every((taint, index) => sameTaint(taint, b[index]!)))
}

function sameTaint(a: Taint, b: Taint): boolean {
  return a.key === b.key && (a.value ?? '') === (b.value ?? '') && a.effect === b.effect
}
