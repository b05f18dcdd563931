import { type Command, Option } from 'commander'
import { addFileOptions } from '../choice-options.ts'
import { addConnectionOptions, type ConnectionSettings } from '../config.ts'
import type { GetOptions } from '../get-options.ts'
import { collectWords, parseCount } from '../option-value.ts'
import { withSession } from '../session.ts'
import type { Surroundings } from '../surroundings.ts'

/** `myriad get`: objects as a table, or as what `-o` asks for. */
export function addGet(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('get')
    .argument('[targets...]', 'KIND[,KIND] [NAME…], or KIND/NAME…')
    .description('show one or many objects')
    .option('-A, --all-namespaces', 'of all namespaces')
    .option('-l, --selector <selector>', 'only those with such labels: app=web,tier in (fe,be),!canary')
    .option('--field-selector <selector>', 'only those with such fields: status.phase!=Running,spec.nodeName=a')
    .option(
      '-o, --output <format>',
      'json, yaml, name, wide, jsonpath=…, jsonpath-file=…, custom-columns=…, custom-columns-file=…',
    )
    .addOption(
      new Option('--allow-missing-template-keys <answer>', 'whether jsonpath may name fields that are not there')
        .choices(['true', 'false'])
        .default('true'),
    )
    .option('--sort-by <path>', 'in the order of a field, such as .metadata.creationTimestamp')
    .option('-w, --watch', 'go on with what becomes of them')
    .option('--watch-only', 'only what becomes of them')
    .option('--output-watch-events', 'with --watch: what happened, before each')
    .option('--no-headers', 'without the first line of tables')
    .option('--show-labels', 'with all labels in a last column')
    .option('-L, --label-columns <keys>', 'labels with a column of their own', collectWords, [])
    .option('--show-kind', 'names with their kind, as in pod/web')
    .option('--ignore-not-found', 'succeed where there is nothing')
    .option('--chunk-size <count>', 'so many objects a request; 0 is all', parseCount, 500)
    .addHelpText('after', examples)
  addConnectionOptions(addFileOptions(command)).action(
    async (args: string[], options: ConnectionSettings & GetOptions) => {
      const { get } = await import('../get.ts')
      await withSession(surroundings, options, (session) => get(args, options, session))
    },
  )
}

const examples = `
Examples:
  myriad get pods                                      # the pods of the namespace
  myriad get po,rc -A -o wide                          # two kinds of all namespaces, with more columns
  myriad get pod web -o yaml                           # one object, whole
  myriad get pods -l app=web -w                        # a table that stays up to date
  myriad get pods --sort-by .status.startTime -L app   # in an order, with a label as a column
  myriad get pods -o jsonpath='{.items[*].status.podIP}'
  myriad get -f k8s/                                   # the objects that manifests name
  myriad get nodes -o custom-columns=NAME:.metadata.name,CPU:.status.capacity.cpu`
