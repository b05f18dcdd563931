import { invalid, Refusal } from '../model/errors.ts'
import type { Resource } from '../model/resource.ts'
import type { CommandContext } from './command-context.ts'
import { change, type Target } from './write.ts'

/** Sets `spec.replicas` of a kind that has it. Throws INVALID for kinds that have not and for negative numbers. */
export async function scaleObject(context: CommandContext, target: Target, replicas: number): Promise<Resource> {
  const { definition, name } = target
  if (definition.isScalable !== true) {
    const message = `Unsupported value: "${definition.kind}": it has no number of replicas`
    throw new Refusal('INVALID', `kind: ${message}`, {
      causes: [{ field: 'kind', reason: 'FieldValueNotSupported', message }],
    })
  }
  if (replicas < 0) {
    const message = `Invalid value: ${replicas}: must be greater than or equal to 0`
    throw invalid(`${definition.kind} "${name}"`, [{ field: 'spec.replicas', reason: 'FieldValueInvalid', message }])
  }
  return change(context, target, (current) => {
    const spec = current['spec'] as { replicas?: number }
    if (spec.replicas === replicas) return current
    const generation = (current.metadata.generation ?? 0) + 1
    return { ...current, metadata: { ...current.metadata, generation }, spec: { ...spec, replicas } }
  })
}
