import type { Command } from 'commander'
import { addFileOptions } from '../choice-options.ts'
import { addConnectionOptions, type ConnectionSettings } from '../config.ts'
import { type DryRun, dryRunOption } from '../dry-run.ts'
import type { ManifestFlags } from '../manifest-command.ts'
import { withSession } from '../session.ts'
import type { Surroundings } from '../surroundings.ts'

/** `myriad create`: makes objects that are not there yet, from files or, for namespaces, from a name. */
export function addCreate(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('create')
    .description('create objects of files: all of them, or none when one cannot be')
    .addOption(dryRunOption())
    .option('-o, --output <format>', 'json, yaml, name, jsonpath=…, custom-columns=…')
    .option('--validate [mode]', 'every field is judged, always: strict is the only mode')
  addConnectionOptions(addFileOptions(command)).action(async (flags: ConnectionSettings & ManifestFlags) => {
    const { manifestMutations, sendManifests } = await import('../manifest-command.ts')
    await withSession(surroundings, flags, (session) => sendManifests(manifestMutations.create, flags, session))
  })
  const namespace = command
    .command('namespace')
    .alias('ns')
    .argument('<name>', 'its name')
    .description('create a namespace')
    .addOption(dryRunOption())
    .option('-o, --output <format>', 'json, yaml, name, jsonpath=…, custom-columns=…')
  addConnectionOptions(namespace).action(async (name: string, _flags: object, own: Command) => {
    // Flags that both commands have are told to the outer one, wherever they stand.
    const flags = own.optsWithGlobals<ConnectionSettings & { dryRun: DryRun; output?: string }>()
    const { createNamespace } = await import('../run.ts')
    await withSession(surroundings, flags, (session) => createNamespace(name, flags, session))
  })
}
