import type { Command } from 'commander'
import { addChoiceOptions } from '../choice-options.ts'
import { addConnectionOptions, type ConnectionSettings } from '../config.ts'
import { dryRunOption } from '../dry-run.ts'
import type { MetadataField } from '../metadata-change.ts'
import type { MetadataFlags } from '../metadata-command.ts'
import { withSession } from '../session.ts'
import type { Surroundings } from '../surroundings.ts'

/** `myriad label` and `myriad annotate`: change the labels and annotations of objects. */
export function addLabel(program: Command, surroundings: Surroundings): void {
  addMetadataCommand(program, surroundings, 'labels')
  addMetadataCommand(program, surroundings, 'annotations')
}

function addMetadataCommand(program: Command, surroundings: Surroundings, field: MetadataField): void {
  const command = program
    .command(field === 'labels' ? 'label' : 'annotate')
    .argument('[words...]', 'KIND NAME…, or KIND/NAME…, then KEY=VALUE to set and KEY- to remove')
    .description(`change the ${field} of objects`)
    .option('--overwrite', 'also where there is another value')
    .option('--list', `print the ${field}`)
    .option('--resource-version <version>', 'only if the object is at this version')
    .addOption(dryRunOption())
    .option('-o, --output <format>', 'json, yaml, name, jsonpath=…, custom-columns=…')
  addConnectionOptions(addChoiceOptions(command)).action(
    async (args: string[], flags: ConnectionSettings & MetadataFlags) => {
      const { changeMetadata } = await import('../metadata-command.ts')
      await withSession(surroundings, flags, (session) => changeMetadata(field, { args, flags }, session))
    },
  )
}
