import { Argument, type Command } from 'commander'
import type { Surroundings } from '../surroundings.ts'

/** `myriad completion bash|zsh`: a script for the shell. `myriad __complete` answers what that asks. */
export function addCompletion(program: Command, surroundings: Surroundings): void {
  program
    .command('completion')
    .addArgument(new Argument('<shell>', 'the shell').choices(['bash', 'zsh']))
    .description('print the script that completes commands, flags, kinds and names in a shell')
    .addHelpText('after', examples)
    .action(async (shell: 'bash' | 'zsh') => {
      const { completionScript } = await import('../completion/scripts.ts')
      surroundings.output.write(completionScript(shell))
    })
  program
    .command('__complete', { hidden: true })
    .argument('[words...]', 'the words after `myriad`; the last is being written')
    .action(async (words: string[]) => {
      const { complete } = await import('../completion/complete.ts')
      const { nameSource } = await import('../completion/name-source.ts')
      const candidates = await complete({ program, words, names: nameSource(surroundings) })
      const lines = candidates.map(({ value, description }) =>
        description === undefined ? value : `${value}\t${description.replaceAll(/\s+/g, ' ')}`,
      )
      surroundings.output.write(lines.map((line) => `${line}\n`).join(''))
    })
}

const examples = `
Examples:
  source <(myriad completion bash)                      # in this shell
  echo 'source <(myriad completion bash)' >> ~/.bashrc  # in every new one
  echo 'source <(myriad completion zsh)' >> ~/.zshrc`
