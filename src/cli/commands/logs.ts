import type { Command } from 'commander'
import { addConnectionOptions, type ConnectionSettings } from '../config.ts'
import type { LogFlags } from '../logs.ts'
import { parseCount, parseInteger } from '../option-value.ts'
import { withSession } from '../session.ts'
import type { Surroundings } from '../surroundings.ts'

/** `myriad logs`: what containers have written and write. */
export function addLogs(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('logs')
    .argument('[target...]', 'POD or KIND/NAME, and a container')
    .description('print what containers have written, and write')
    .option('-f, --follow', 'go on with what is written, over restarts, until the container will not run again')
    .option('-p, --previous', 'of the run before the present one')
    .option('-c, --container <name>', 'which container')
    .option('--all-containers', 'of all containers of a pod')
    .option('--all-pods', 'of all pods of KIND/NAME, not of one')
    .option('-l, --selector <selector>', 'of the pods with such labels')
    .option('--tail <lines>', 'only so many of the last lines; default all, 10 with -l', parseInteger)
    .option('--since <time>', 'only what is not older than, such as 5s, 2m or 3h')
    .option('--since-time <date>', 'only what is not older than a moment (RFC 3339)')
    .option('--timestamps', 'with the time before each line')
    .option('--limit-bytes <bytes>', 'cut each log off after so many bytes', parseCount)
    .option('--prefix', 'with the pod and the container before each line')
    .option('--max-log-requests <count>', 'how many logs may be followed at once', parseCount, 5)
    .option('--ignore-errors', 'go on where one log cannot be had')
    .addHelpText('after', examples)
  addConnectionOptions(command).action(async (args: string[], flags: ConnectionSettings & LogFlags) => {
    const { logs } = await import('../logs.ts')
    await withSession(surroundings, flags, (session) => logs(args, flags, session))
  })
}

const examples = `
Examples:
  myriad logs web -f --tail 20
  myriad logs web -c db -p                 # the run before the last restart
  myriad logs -l app=web -f --prefix       # all pods of a label at once
  myriad logs rc/web --since 5m --timestamps`
