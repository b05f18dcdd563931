import type { Command } from 'commander'
import type { Surroundings } from '../surroundings.ts'

/** `myriad api-versions`: the versions that manifests can have. */
export function addApiVersions(program: Command, { output }: Surroundings): void {
  program
    .command('api-versions')
    .description('list the API versions that manifests can have')
    .action(async () => {
      const { kinds } = await import('../../model/kinds.ts')
      const versions = new Set(kinds.map(({ apiVersion }) => apiVersion))
      output.write(
        [...versions]
          .toSorted()
          .map((version) => `${version}\n`)
          .join(''),
      )
    })
}
