import type { Command } from 'commander'
import { collectWords } from './option-value.ts'

/** Adds `-f` and `-R`, the flags that name files of manifests. */
export function addFileOptions(command: Command): Command {
  return command
    .option('-f, --filename <path>', 'file, folder, pattern, or - for standard input; can be given often', collectWords)
    .option('-R, --recursive', 'with the folders in a folder of -f')
}

/** Adds the flags that choose objects without naming them. */
export function addChoiceOptions(command: Command): Command {
  return addFileOptions(command)
    .option('-l, --selector <selector>', 'those with such labels: app=web,tier in (fe,be),!canary')
    .option('--field-selector <selector>', 'those with such fields: status.phase!=Running,spec.nodeName=a')
    .option('--all', 'all of these kinds in the namespace')
    .option('-A, --all-namespaces', 'of all namespaces')
}
