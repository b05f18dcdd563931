import type { Command } from 'commander'
import { addFileOptions } from '../choice-options.ts'
import { addConnectionOptions, type ConnectionSettings } from '../config.ts'
import { dryRunOption } from '../dry-run.ts'
import type { ManifestFlags } from '../manifest-command.ts'
import { withSession } from '../session.ts'
import type { Surroundings } from '../surroundings.ts'

/** `myriad apply`: makes objects as files say. */
export function addApply(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('apply')
    .description('make objects as files say: all of them, or none when one cannot be')
    .addOption(dryRunOption())
    .option('-o, --output <format>', 'json, yaml, name, jsonpath=…, custom-columns=…')
    .option('--validate [mode]', 'every field is judged, always: strict is the only mode')
    .addHelpText('after', examples)
  addConnectionOptions(addFileOptions(command)).action(async (flags: ConnectionSettings & ManifestFlags) => {
    const { manifestMutations, sendManifests } = await import('../manifest-command.ts')
    await withSession(surroundings, flags, (session) => sendManifests(manifestMutations.apply, flags, session))
  })
}

const examples = `
Examples:
  myriad apply -f web.yaml
  myriad apply -f k8s/ -R --dry-run            # what would be done; faults with file, line and column
  generate | myriad apply -f - -o name`
