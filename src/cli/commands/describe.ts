import { type Command, Option } from 'commander'
import { addFileOptions } from '../choice-options.ts'
import { addConnectionOptions, type ConnectionSettings } from '../config.ts'
import type { DescribeFlags } from '../describe-command.ts'
import { withSession } from '../session.ts'
import type { Surroundings } from '../surroundings.ts'

/** `myriad describe`: objects in all detail. */
export function addDescribe(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('describe')
    .argument('[targets...]', 'KIND[,KIND] [NAME or its beginning…], or KIND/NAME…')
    .description('show objects in all detail, with their events and, for a pod that waits, why')
    .option('-A, --all-namespaces', 'of all namespaces')
    .option('-l, --selector <selector>', 'only those with such labels')
    .addOption(
      new Option('--show-events <answer>', 'whether events are told').choices(['true', 'false']).default('true'),
    )
    .addHelpText('after', examples)
  addConnectionOptions(addFileOptions(command)).action(
    async (args: string[], options: ConnectionSettings & DescribeFlags) => {
      const { describeAll } = await import('../describe-command.ts')
      await withSession(surroundings, options, (session) => describeAll(args, options, session))
    },
  )
}

const examples = `
Examples:
  myriad describe pod web-4xzvq       # one pod
  myriad describe pods web            # all pods whose names begin so
  myriad describe pods -l app=web     # those that are selected
  myriad describe -f k8s/             # the objects that manifests name
  myriad describe no/local rc/web     # a machine with the pods on it, and a set of pods`
