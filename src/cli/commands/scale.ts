import type { Command } from 'commander'
import { addChoiceOptions } from '../choice-options.ts'
import { addConnectionOptions, type ConnectionSettings } from '../config.ts'
import { dryRunOption } from '../dry-run.ts'
import { parseInteger } from '../option-value.ts'
import type { ScaleFlags } from '../scale.ts'
import { withSession } from '../session.ts'
import type { Surroundings } from '../surroundings.ts'

/** `myriad scale`: sets how many pods controllers keep. */
export function addScale(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('scale')
    .argument('[targets...]', 'KIND NAME…, or KIND/NAME…')
    .description('set how many pods ReplicationControllers and ReplicaSets keep')
    .option('--replicas <count>', 'how many', parseInteger)
    .option('--current-replicas <count>', 'only if there should be so many now; -1 is any', parseInteger, -1)
    .option('--resource-version <version>', 'only if the object is at this version')
    .option('--timeout <time>', 'how long to wait until there are so many; 0 is not at all', '0')
    .addOption(dryRunOption())
    .option('-o, --output <format>', 'json, yaml, name, jsonpath=…, custom-columns=…')
  addConnectionOptions(addChoiceOptions(command)).action(
    async (args: string[], flags: ConnectionSettings & ScaleFlags) => {
      const { scale } = await import('../scale.ts')
      await withSession(surroundings, flags, (session) => scale(args, flags, session))
    },
  )
}
