import type { Command } from 'commander'
import { addFileOptions } from '../choice-options.ts'
import { addConnectionOptions, type ConnectionSettings } from '../config.ts'
import { dryRunOption } from '../dry-run.ts'
import type { ManifestFlags } from '../manifest-command.ts'
import { withSession } from '../session.ts'
import type { Surroundings } from '../surroundings.ts'

/** `myriad replace`: puts objects of files in the place of those that are there. */
export function addReplace(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('replace')
    .description('replace objects with those of files: all of them, or none when one cannot be')
    .addOption(dryRunOption())
    .option('-o, --output <format>', 'json, yaml, name, jsonpath=…, custom-columns=…')
    .option('--validate [mode]', 'every field is judged, always: strict is the only mode')
  addConnectionOptions(addFileOptions(command)).action(async (flags: ConnectionSettings & ManifestFlags) => {
    const { manifestMutations, sendManifests } = await import('../manifest-command.ts')
    await withSession(surroundings, flags, (session) => sendManifests(manifestMutations.replace, flags, session))
  })
}
