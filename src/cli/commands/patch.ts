import type { Command } from 'commander'
import { addChoiceOptions } from '../choice-options.ts'
import { addConnectionOptions, type ConnectionSettings } from '../config.ts'
import { dryRunOption } from '../dry-run.ts'
import type { PatchFlags } from '../patch.ts'
import { withSession } from '../session.ts'
import type { Surroundings } from '../surroundings.ts'

/** `myriad patch`: merges a part of a manifest into objects. */
export function addPatch(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('patch')
    .argument('[targets...]', 'KIND NAME…, or KIND/NAME…')
    .description('merge a part of a manifest into objects (JSON merge patch: null removes)')
    .option('-p, --patch <text>', 'what changes, as JSON or YAML')
    .option('--patch-file <file>', 'a file of it, or - for standard input')
    .option('--type <type>', 'how it is merged: merge is the only type', 'merge')
    .addOption(dryRunOption())
    .option('-o, --output <format>', 'json, yaml, name, jsonpath=…, custom-columns=…')
  addConnectionOptions(addChoiceOptions(command)).action(
    async (args: string[], flags: ConnectionSettings & PatchFlags) => {
      const { patch } = await import('../patch.ts')
      await withSession(surroundings, flags, (session) => patch(args, flags, session))
    },
  )
}
