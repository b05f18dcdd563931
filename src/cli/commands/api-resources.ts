import type { Command } from 'commander'
import type { Surroundings } from '../surroundings.ts'

/** `myriad api-resources`: the kinds, and by which names they can be called. */
export function addApiResources(program: Command, { output }: Surroundings): void {
  program
    .command('api-resources')
    .description('list the kinds, and by which names they can be called')
    .option('--no-headers', 'without the first line')
    .action(async ({ headers }: { headers: boolean }) => {
      const { kinds } = await import('../../model/kinds.ts')
      const { formatTable } = await import('../table.ts')
      const rows = kinds
        .toSorted((left, right) => (left.plural < right.plural ? -1 : 1))
        .map(({ plural, shortNames, apiVersion, scope, kind }) => [
          plural,
          shortNames.join(','),
          apiVersion,
          String(scope === 'Namespaced'),
          kind,
        ])
      output.write(formatTable(rows, headers ? ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND'] : undefined))
    })
}
