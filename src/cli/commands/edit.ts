import type { Command } from 'commander'
import { addChoiceOptions } from '../choice-options.ts'
import { addConnectionOptions, type ConnectionSettings } from '../config.ts'
import type { EditFlags } from '../edit.ts'
import { withSession } from '../session.ts'
import type { Surroundings } from '../surroundings.ts'

/** `myriad edit`: changes objects in an editor. */
export function addEdit(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('edit')
    .argument('[targets...]', 'KIND NAME…, or KIND/NAME…')
    .description('change objects in an editor: MYRIAD_EDITOR, VISUAL, EDITOR, else vi')
    .option('-o, --output <format>', 'json, yaml, name, jsonpath=…, custom-columns=…')
  addConnectionOptions(addChoiceOptions(command)).action(
    async (args: string[], flags: ConnectionSettings & EditFlags) => {
      const { edit } = await import('../edit.ts')
      await withSession(surroundings, flags, (session) => edit(args, flags, session))
    },
  )
}
