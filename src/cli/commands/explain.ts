import type { Command } from 'commander'
import type { Surroundings } from '../surroundings.ts'

/** `myriad explain KIND[.FIELD…]`: what a kind and its fields mean. */
export function addExplain(program: Command, { output }: Surroundings): void {
  program
    .command('explain')
    .argument('<field>', 'KIND, or KIND.FIELD.FIELD…')
    .description('explain a kind or one of its fields')
    .option('--recursive', 'all fields below it, without their descriptions')
    .addHelpText('after', examples)
    .action(async (path: string, { recursive = false }: { recursive?: boolean }) => {
      const { explain } = await import('../explain.ts')
      output.write(explain(path, { isRecursive: recursive }))
    })
}

const examples = `
Examples:
  myriad explain pods
  myriad explain pods.spec.containers
  myriad explain rc --recursive`
