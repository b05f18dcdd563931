import { definitionOf } from '../model/kinds.ts'
import type { Resource } from '../model/resource.ts'
import { changeEach, outcomePrinter, patchObject } from './change-objects.ts'
import { chooseObjects } from './chosen-objects.ts'
import type { DryRun } from './dry-run.ts'
import { UsageError } from './failure.ts'
import type { Session } from './session.ts'

/** The flags of `myriad cordon` and `uncordon`. */
export interface CordonFlags {
  readonly dryRun: DryRun
  readonly selector?: string
}

/** Runs `myriad cordon` and `uncordon`: whether further pods may be placed on nodes. */
export async function cordon(
  isCordoning: boolean,
  { names, flags }: { readonly names: readonly string[]; readonly flags: CordonFlags },
  session: Session,
): Promise<void> {
  if (names.length > 0 === (flags.selector !== undefined)) {
    throw new UsageError(`say which nodes: myriad ${isCordoning ? 'cordon' : 'uncordon'} NODE…, or -l SELECTOR`)
  }
  const print = await outcomePrinter({ dryRun: flags.dryRun }, session)
  const targets = names.map((name) => (name.includes('/') ? name : `node/${name}`))
  const args = flags.selector === undefined ? targets : ['nodes']
  const choice = await chooseObjects(args, flags, session)
  const stranger = choice.chosen.find(({ definition }) => definition.kind !== definitionOf('Node').kind)
  if (stranger !== undefined) throw new UsageError(`${stranger.definition.singular}/${stranger.name} is not a node`)
  if (choice.isSelection && choice.chosen.length === 0) session.errors.write('No resources found\n')
  const verb = isCordoning ? 'cordoned' : 'uncordoned'
  await changeEach(choice, print, async (one) => {
    if (isCordoned(one.object) === isCordoning) return { object: one.object, verb: `already ${verb}` }
    const patch = { spec: { unschedulable: isCordoning ? true : null } }
    return { object: await patchObject(session, one, { patch, dryRun: flags.dryRun }), verb }
  })
}

function isCordoned(node: Resource): boolean {
  return (node as Resource & { readonly spec?: { readonly unschedulable?: boolean } }).spec?.unschedulable === true
}
