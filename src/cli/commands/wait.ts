import type { Command } from 'commander'
import { addChoiceOptions } from '../choice-options.ts'
import { addConnectionOptions, type ConnectionSettings } from '../config.ts'
import { withSession } from '../session.ts'
import type { Surroundings } from '../surroundings.ts'
import type { WaitFlags } from '../wait.ts'

/** `myriad wait`: ends when objects are in a state. */
export function addWait(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('wait')
    .argument('[targets...]', 'KIND NAME…, or KIND/NAME…')
    .description('wait until objects are in a state')
    .option('--for <state>', "condition=NAME[=VALUE], create, delete, or jsonpath='{PATH}'[=VALUE]")
    .option('--timeout <time>', 'how long; 0 looks once, below zero is a week', '30s')
    .option('-o, --output <format>', 'json, yaml, name, jsonpath=…, custom-columns=…')
    .addHelpText('after', examples)
  addConnectionOptions(addChoiceOptions(command)).action(
    async (args: string[], flags: ConnectionSettings & WaitFlags) => {
      const { wait } = await import('../wait.ts')
      await withSession(surroundings, flags, (session) => wait(args, flags, session))
    },
  )
}

const examples = `
Examples:
  myriad wait pod/web --for=condition=Ready --timeout=2m
  myriad wait pods -l app=web --for=delete
  myriad wait pod/web --for=jsonpath='{.status.phase}'=Running`
