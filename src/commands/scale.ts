import { invalid, Refusal } from '../model/errors.ts'
import { negativeFaults } from '../model/fault.ts'
import type { Resource } from '../model/resource.ts'
import { assertPreconditions, stale } from './admission.ts'
import type { CommandContext } from './command-context.ts'
import { change, type Target } from './write.ts'

/** How many replicas are wanted, and what must be so for it to be done. */
export interface Scaling {
  readonly replicas: number
  /** How many must be wanted now. */
  readonly currentReplicas?: number | undefined
  readonly resourceVersion?: string | undefined
  readonly dryRun?: boolean | undefined
}

/**
 * Sets `spec.replicas` of a kind that has it. With `dryRun` everything is judged and nothing is written. Throws INVALID for
 * kinds that have not and for negative numbers, and CONFLICT where the object is not as the preconditions say.
 */
export async function scaleObject(context: CommandContext, target: Target, scaling: Scaling): Promise<Resource> {
  const { definition, name } = target
  const { replicas, currentReplicas, resourceVersion, dryRun } = scaling
  if (definition.isScalable !== true) {
    const message = `Unsupported value: "${definition.kind}": it has no number of replicas`
    throw new Refusal('INVALID', `kind: ${message}`, {
      causes: [{ field: 'kind', reason: 'FieldValueNotSupported', message }],
    })
  }
  const faults = [...negativeFaults('spec.replicas', replicas), ...negativeFaults('currentReplicas', currentReplicas)]
  if (faults.length > 0) throw invalid(`${definition.kind} "${name}"`, faults)
  const decide = (current: Resource): Resource => {
    assertPreconditions({ resourceVersion }, current, '')
    const spec = current['spec'] as { replicas?: number }
    assertReplicas(current, spec.replicas, currentReplicas)
    if (spec.replicas === replicas) return current
    const generation = (current.metadata.generation ?? 0) + 1
    return { ...current, metadata: { ...current.metadata, generation }, spec: { ...spec, replicas } }
  }
  return change(context, target, decide, dryRun)
}

function assertReplicas({ kind, metadata }: Resource, present: number | undefined, expected: number | undefined): void {
  if (expected === undefined || present === expected) return
  const { resourceVersion } = metadata
  throw stale('currentReplicas', `${kind} "${metadata.name}" wants ${present} replicas, not ${expected}`, {
    resourceVersion,
  })
}
