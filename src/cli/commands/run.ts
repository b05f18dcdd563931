import type { Command } from 'commander'
import { addConnectionOptions, type ConnectionSettings } from '../config.ts'
import { dryRunOption } from '../dry-run.ts'
import { collectValues } from '../option-value.ts'
import type { RunFlags } from '../run.ts'
import { withSession } from '../session.ts'
import type { Surroundings } from '../surroundings.ts'

/** `myriad run`: creates a pod of one container. */
export function addRun(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('run')
    .argument('<name>', 'name of the pod and of its container')
    .argument('[words...]', 'behind --: arguments of the container, or with --command its command')
    .description('create a pod of one container')
    .option('--image <name>', 'image of the container')
    .option('--command', 'take the words behind -- as the command')
    .option('--env <KEY=VALUE>', 'variable of the container; can be given often', collectValues, [])
    .option('-l, --labels <labels>', 'labels of the pod, such as app=web,tier=fe; default run=NAME')
    .option('--annotations <KEY=VALUE>', 'annotation of the pod; can be given often', collectValues, [])
    .option('--port <number>', 'port that the container listens at')
    .option('--restart <policy>', 'Always, OnFailure or Never', 'Always')
    .option('--image-pull-policy <policy>', 'Always, IfNotPresent or Never')
    .addOption(dryRunOption())
    .option('-o, --output <format>', 'json, yaml, name, jsonpath=…, custom-columns=…')
    .addHelpText('after', examples)
  addConnectionOptions(command).action(
    async (name: string, words: string[], flags: ConnectionSettings & RunFlags): Promise<void> => {
      const { runPod } = await import('../run.ts')
      await withSession(surroundings, flags, (session) => runPod({ name, words }, flags, session))
    },
  )
}

const examples = `
Examples:
  myriad run web --image=none --env COLOUR=blue --command -- sh -c 'echo $COLOUR; sleep 3600'
  myriad run web --image=none --dry-run=client -o yaml > web.yaml`
