import { type PropagationPolicy, planDeletion } from '../model/deletion.ts'
import { invalid, Refusal } from '../model/errors.ts'
import { negativeFaults } from '../model/fault.ts'
import type { Resource } from '../model/resource.ts'
import { assertPreconditions } from './admission.ts'
import type { CommandContext } from './command-context.ts'
import { removeEvent } from './events.ts'
import { findObject, inTurn, type Target } from './write.ts'

/** How an object is to be deleted. */
export interface DeletionOptions {
  readonly gracePeriodSeconds?: number | undefined
  readonly propagationPolicy?: PropagationPolicy | undefined
  /** Only the object of this uid, not another one that has its name by now. */
  readonly uid?: string | undefined
  readonly dryRun?: boolean | undefined
}

/** Namespaces without which there is no cluster (Kubernetes' admission plugin NamespaceLifecycle). */
const lastingNamespaces: ReadonlySet<string> = new Set(['default', 'kube-system', 'kube-public'])

/**
 * Deletes an object as its kind, grace period and propagation policy want. Resolves with the object as it is then, or, where
 * it has gone, as it was. With `dryRun` everything is judged and nothing is written. Throws CONFLICT for another uid, and
 * FORBIDDEN for the namespaces that every cluster has.
 */
export async function deleteObject(
  context: CommandContext,
  target: Target,
  options: DeletionOptions,
): Promise<Resource> {
  const { definition, name } = target
  const { uid, dryRun = false, ...wishes } = options
  const faults = negativeFaults('gracePeriodSeconds', wishes.gracePeriodSeconds)
  if (faults.length > 0) throw invalid('request', faults)
  if (definition.kind === 'Event') return removeEvent(context, target, { uid, dryRun })
  if (definition.kind === 'Namespace' && lastingNamespaces.has(name)) {
    throw new Refusal('FORBIDDEN', `Namespace "${name}" may not be deleted: every cluster has it`)
  }
  return inTurn(context, target, async () => {
    const current = findObject(context, target)
    assertPreconditions({ uid }, current, '')
    const operation = planDeletion(current, { ...wishes, now: context.now() })
    if (operation === null) return current
    if (dryRun) return operation.type === 'update' ? operation.object : current
    return context.store.commitOne(operation, context.actor)
  })
}
