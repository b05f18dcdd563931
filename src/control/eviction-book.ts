import type { Node } from '../model/kinds/node.ts'
import type { Pod } from '../model/kinds/pod.ts'
import type { Taint } from '../model/taint.ts'
import { evictionTimeOf, isNoExecute, type SeenTaint } from './eviction-time.ts'

/** A machine and its pods, at a moment of watched time. */
export interface MachineLook {
  readonly name: string
  /** Undefined when it is no more: then its pods are the pod garbage collector's. */
  readonly node: Node | undefined
  readonly pods: readonly Pod[]
  readonly watchedAt: number
}

/** What is to be done with the pods of a machine. */
export interface EvictionSight {
  readonly due: readonly Pod[]
  readonly reprieved: readonly Pod[]
  readonly nextInMs: number | undefined
}

/** What is remembered of a machine with NoExecute taints. */
interface Page {
  readonly taints: readonly SeenTaint[]
  /** By uid of each pod that is to be evicted at some time, since when it has been so. */
  readonly pods: ReadonlyMap<string, number>
}

/** Remembers since when machines have had which NoExecute taints, and since when which of their pods are to go. */
export class EvictionBook {
  private readonly pages = new Map<string, Page>()

  look({ name, node, pods, watchedAt }: MachineLook): EvictionSight {
    const before = this.pages.get(name)
    const taints = seenTaints(node?.spec?.taints ?? [], before?.taints ?? [], watchedAt)
    const marked = new Map<string, number>()
    const due: Pod[] = []
    const reprieved: Pod[] = []
    let nextInMs: number | undefined
    for (const pod of pods) {
      const { uid, deletionTimestamp } = pod.metadata
      if (deletionTimestamp !== undefined) continue
      const since = before?.pods.get(uid)
      const at = evictionTimeOf(pod.spec.tolerations, taints, since ?? watchedAt)
      if (at === undefined) {
        if (since !== undefined && node !== undefined) reprieved.push(pod)
        continue
      }
      marked.set(uid, since ?? watchedAt)
      if (at <= watchedAt) due.push(pod)
      else nextInMs = Math.min(nextInMs ?? Number.POSITIVE_INFINITY, at - watchedAt)
    }
    if (taints.length === 0) this.pages.delete(name)
    else this.pages.set(name, { taints, pods: marked })
    return { due, reprieved, nextInMs }
  }
}

/** A machine that goes from not ready to unreachable or back has been lost since the first of the two. */
const lostKeys: ReadonlySet<string> = new Set(['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'])

function seenTaints(taints: readonly Taint[], before: readonly SeenTaint[], watchedAt: number): SeenTaint[] {
  return taints.filter(isNoExecute).map((taint) => {
    const known =
      before.find((other) => isSameTaint(other.taint, taint)) ?? before.find((other) => isSameLoss(other.taint, taint))
    return { taint, seenAt: known?.seenAt ?? watchedAt }
  })
}

function isSameTaint(a: Taint, b: Taint): boolean {
  return a.key === b.key && (a.value ?? '') === (b.value ?? '')
}

function isSameLoss(a: Taint, b: Taint): boolean {
  return lostKeys.has(a.key) && lostKeys.has(b.key)
}
