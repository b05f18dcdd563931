import type { Node, NodeSpec } from '../model/kinds/node.ts'
import { definitionOf } from '../model/kinds.ts'
import type { Resource } from '../model/resource.ts'
import { isSameJson } from '../model/same-json.ts'
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
    const { unschedulable: _, taints: before = [], ...rest } = spec
    const kept = before.filter((taint) => !isCordonTaint(taint))
    const timeAdded = timestamp(context.now())
    const cordonTaint = before.find(isCordonTaint) ?? {
      key: unschedulableTaint,
      effect: 'NoSchedule' as const,
      timeAdded,
    }
    const taints = cordoned ? [...kept, cordonTaint] : kept
    const next = { ...rest, ...(cordoned ? { unschedulable: true } : {}), ...(taints.length > 0 ? { taints } : {}) }
    const { unschedulable = false, ...others } = { ...spec, taints: before }
    const isSo = unschedulable === cordoned && isSameJson({ ...rest, taints }, others)
    return isSo ? current : { ...current, spec: next }
  })
}

function isCordonTaint({ key, effect }: NonNullable<NodeSpec['taints']>[number]): boolean {
  return key === unschedulableTaint && effect === 'NoSchedule'
}
