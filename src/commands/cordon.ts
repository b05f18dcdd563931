import type { Node } from '../model/kinds/node.ts'
import { definitionOf } from '../model/kinds.ts'
import type { Resource } from '../model/resource.ts'
import { timestamp } from '../model/timestamp.ts'
import type { CommandContext } from './command-context.ts'
import { change, targetOf } from './write.ts'

const unschedulableTaint = 'node.kubernetes.io/unschedulable'

/**
 * Marks a machine as (un)schedulable: `spec.unschedulable`, and the taint that Kubernetes' node lifecycle controller
 * keeps in step with it (https://kubernetes.io/docs/concepts/architecture/nodes/#manual-node-administration).
 */
export async function setCordon(context: CommandContext, name: string, cordoned: boolean): Promise<Resource> {
  return change(context, targetOf(definitionOf('Node'), '', name), (current) => {
    const { spec = {} } = current as Node
    if ((spec.unschedulable ?? false) === cordoned) return current
    const others = (spec.taints ?? []).filter((taint) => taint.key !== unschedulableTaint)
    const taint = { key: unschedulableTaint, effect: 'NoSchedule' as const, timeAdded: timestamp(context.now()) }
    const { unschedulable: _, taints: __, ...rest } = spec
    const taints = cordoned ? [...others, taint] : others
    return {
      ...current,
      spec: { ...rest, ...(cordoned ? { unschedulable: true } : {}), ...(taints.length > 0 ? { taints } : {}) },
    }
  })
}
