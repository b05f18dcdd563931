import { changeEach, type Outcome, outcomePrinter, patchObject } from './change-objects.ts'
import { type ChoiceFlags, type Chosen, chooseObjects } from './chosen-objects.ts'
import type { DryRun } from './dry-run.ts'
import { CommandError, UsageError } from './failure.ts'
import {
  type MetadataChange,
  type MetadataField,
  metadataPatch,
  overwriteFault,
  parseMetadataChange,
  splitArguments,
} from './metadata-change.ts'
import type { Session } from './session.ts'

/** The flags of `myriad label` and `annotate`. */
export interface MetadataFlags extends ChoiceFlags {
  readonly dryRun: DryRun
  readonly list?: boolean
  readonly output?: string
  readonly overwrite?: boolean
  readonly resourceVersion?: string
}

/** Runs `myriad label` and `annotate`: changes that field of the metadata of objects, or lists it. */
export async function changeMetadata(
  field: MetadataField,
  { args, flags }: { readonly args: readonly string[]; readonly flags: MetadataFlags },
  session: Session,
): Promise<void> {
  const { targets, changes } = splitArguments(args)
  const change = parseMetadataChange(changes, field)
  if (changes.length === 0 && flags.list !== true) {
    throw new UsageError(`at least one ${field.slice(0, -1)} update is required: KEY=VALUE, or KEY-`)
  }
  const print = await outcomePrinter(flags, session)
  const choice = await chooseObjects(targets, flags, session)
  if (flags.resourceVersion !== undefined && choice.chosen.length > 1) {
    throw new UsageError('--resource-version may only be used with a single resource')
  }
  if (choice.isSelection && choice.chosen.length === 0) session.errors.write('No resources found\n')
  if (flags.list === true) session.output.write(listText(choice.chosen, field))
  const chosen = changes.length === 0 ? [] : choice.chosen
  await changeEach({ ...choice, chosen }, print, (one) => changeOne({ one, change, field }, flags, session))
}

interface Meant {
  readonly one: Chosen
  readonly change: MetadataChange
  readonly field: MetadataField
}

async function changeOne({ one, change, field }: Meant, flags: MetadataFlags, session: Session): Promise<Outcome> {
  const present = one.object.metadata[field] ?? {}
  const fault = flags.overwrite === true ? undefined : overwriteFault(present, change, field)
  if (fault !== undefined) throw new CommandError(fault)
  const { patch, missing } = metadataPatch(present, change, field)
  for (const key of missing) session.output.write(`${field.slice(0, -1)} "${key}" not found.\n`)
  const verb = verbOf(field, change, patch !== undefined)
  const { resourceVersion } = flags
  if (patch === undefined && resourceVersion === undefined) return { object: one.object, verb }
  const metadata = { ...(patch?.['metadata'] as object | undefined), ...(resourceVersion && { resourceVersion }) }
  return { object: await patchObject(session, one, { patch: { metadata }, dryRun: flags.dryRun }), verb }
}

function verbOf(field: MetadataField, { set }: MetadataChange, hasChanged: boolean): string {
  if (field === 'annotations') return 'annotated'
  if (!hasChanged) return 'not labeled'
  return Object.keys(set).length === 0 ? 'unlabeled' : 'labeled'
}

function listText(chosen: readonly Chosen[], field: MetadataField): string {
  const isOne = chosen.length === 1
  return chosen
    .map(({ definition: { kind, apiVersion }, name, object }) => {
      const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : ''
      const header = isOne ? '' : `Listing ${field} for ${kind}.${group}/${name}:\n`
      const entries = Object.entries(object.metadata[field] ?? {}).toSorted(([left], [right]) =>
        left < right ? -1 : 1,
      )
      return header + entries.map(([key, value]) => `${isOne ? '' : ' '}${key}=${value}\n`).join('')
    })
    .join('')
}
