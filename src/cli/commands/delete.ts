import type { Command } from 'commander'
import { addChoiceOptions } from '../choice-options.ts'
import { addConnectionOptions, type ConnectionSettings } from '../config.ts'
import type { DeleteFlags } from '../delete.ts'
import { dryRunOption } from '../dry-run.ts'
import { parseInteger } from '../option-value.ts'
import { withSession } from '../session.ts'
import type { Surroundings } from '../surroundings.ts'

/** `myriad delete`: deletes objects, and waits until they are gone. */
export function addDelete(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('delete')
    .argument('[targets...]', 'KIND[,KIND] NAME…, or KIND/NAME…')
    .description('delete objects, and wait until they are gone')
    .option('--cascade [how]', 'what becomes of dependents: background, foreground or orphan', 'background')
    .option('--grace-period <seconds>', 'time to end; -1 is what the object says, 0 needs --force', parseInteger, -1)
    .option('--now', 'with a second to end')
    .option('--force', 'at once, without waiting for what runs')
    .option('--wait [answer]', 'whether to wait until they are gone', true)
    .option('--timeout <time>', 'how long to wait; 0 is for ever', '0')
    .option('--ignore-not-found', 'succeed where there is nothing')
    .addOption(dryRunOption())
    .option('-o, --output <format>', 'name')
    .addHelpText('after', examples)
  addConnectionOptions(addChoiceOptions(command)).action(
    async (args: string[], flags: ConnectionSettings & DeleteFlags) => {
      const { deleteObjects } = await import('../delete.ts')
      await withSession(surroundings, flags, (session) => deleteObjects(args, flags, session))
    },
  )
}

const examples = `
Examples:
  myriad delete pod web db
  myriad delete pods -l app=web --now
  myriad delete rc/web --cascade=orphan      # its pods stay
  myriad delete -f k8s/ --ignore-not-found`
