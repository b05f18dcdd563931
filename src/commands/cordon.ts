import type { Node } from '../model/kinds/node.ts'
import { definitionOf } from '../model/kinds.ts'
import type { Resource } from '../model/resource.ts'
import type { CommandContext } from './command-context.ts'
import { change, targetOf } from './write.ts'

/** Marks a machine as (un)schedulable in `spec.unschedulable`; the taint follows from that, whoever sets it. */
export async function setCordon(context: CommandContext, name: string, cordoned: boolean): Promise<Resource> {
  return change(context, targetOf(definitionOf('Node'), '', name), (current) => {
    const { unschedulable = false, ...spec } = (current as Node).spec ?? {}
    if (unschedulable === cordoned) return current
    return { ...current, spec: cordoned ? { ...spec, unschedulable: true } : spec }
  })
}
