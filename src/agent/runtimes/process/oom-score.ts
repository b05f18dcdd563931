import { existsSync } from 'node:fs'
import type { Container } from '../../../model/kinds/pod/container.ts'
import { qosClassOf } from '../../../model/kinds/pod/qos-class.ts'
import type { Pod } from '../../../model/kinds/pod.ts'
import { quantityValue } from '../../../model/quantity.ts'

const file = '/proc/self/oom_score_adj'
const guaranteed = -997
const bestEffort = 1000

/**
 * How readily the kernel kills a container where the machine is out of memory, from -1000 (never) to 1000: the less of the
 * machine's memory a burstable one has requested, the more readily (kubelet `GetContainerOOMScoreAdjust`).
 */
export function oomScoreAdjust(pod: Pod, container: Container, memoryBytes: number): number {
  if (pod.spec.priorityClassName === 'system-node-critical') return guaranteed
  const qosClass = pod.status?.qosClass ?? qosClassOf(pod.spec)
  if (qosClass === 'Guaranteed') return guaranteed
  if (qosClass === 'BestEffort') return bestEffort
  const requested = quantityValue(container.resources?.requests?.['memory'])
  const score = bestEffort - Math.floor((1000 * requested) / memoryBytes)
  return Math.min(bestEffort - 1, Math.max(bestEffort + guaranteed, score))
}

/** Lines of sh by which a process takes a score; to be spared more than others needs a right, and is done without. */
export function oomScoreLines(score: number): string[] {
  if (!existsSync(file)) return []
  return [score < 0 ? `{ echo ${score} >${file}; } 2>/dev/null || :` : `echo ${score} >${file}`]
}
