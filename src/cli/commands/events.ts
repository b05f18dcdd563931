import type { Command } from 'commander'
import { addConnectionOptions, type ConnectionSettings } from '../config.ts'
import type { EventFlags } from '../events.ts'
import { collectWords, parseCount } from '../option-value.ts'
import { withSession } from '../session.ts'
import type { Surroundings } from '../surroundings.ts'

/** `myriad events`: what was told about objects. */
export function addEvents(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('events')
    .argument('[object]', 'KIND/NAME of the object that is meant')
    .description('show what was told about objects, the oldest first')
    .option('-A, --all-namespaces', 'of all namespaces')
    .option('--for <object>', 'of this object, as KIND/NAME')
    .option('--types <types>', 'only Normal, or only Warning', collectWords)
    .option('-w, --watch', 'go on with what is told from now on')
    .option('-o, --output <format>', 'json, yaml, name, wide, jsonpath=…, custom-columns=…')
    .option('--no-headers', 'without the first line')
    .option('--chunk-size <count>', 'so many objects a request; 0 is all', parseCount, 500)
    .addHelpText('after', examples)
  addConnectionOptions(command).action(async (object: string | undefined, flags: ConnectionSettings & EventFlags) => {
    const { events } = await import('../events.ts')
    await withSession(surroundings, flags, (session) => events(object, flags, session))
  })
}

const examples = `
Examples:
  myriad events                          # of the namespace
  myriad events pod/web-4xzvq -w         # of one pod, and what comes
  myriad events -A --types Warning`
