import { type Command, Option } from 'commander'
import type { KindDefinition } from '../../model/kind.ts'
import type { Surroundings } from '../surroundings.ts'

interface ApiResourcesOptions {
  readonly headers: boolean
  readonly namespaced?: string | true
  readonly output?: 'name' | 'wide'
  readonly sortBy?: 'name' | 'kind'
}

/** `myriad api-resources`: the kinds, and by which names they can be called. */
export function addApiResources(program: Command, { output }: Surroundings): void {
  program
    .command('api-resources')
    .description('list the kinds, and by which names they can be called')
    .option('--no-headers', 'without the first line')
    .addOption(
      new Option('--namespaced [answer]', 'only kinds that have namespaces, or with "false" the others').choices([
        'true',
        'false',
      ]),
    )
    .addOption(new Option('-o, --output <format>', 'more columns, or the names alone').choices(['name', 'wide']))
    .addOption(new Option('--sort-by <column>', 'in which order').choices(['name', 'kind']))
    .action(async (options: ApiResourcesOptions) => {
      const { kinds } = await import('../../model/kinds.ts')
      const { resourceOf } = await import('../resource-name.ts')
      const { formatTable } = await import('../table.ts')
      const key = ({ plural, kind }: KindDefinition): string => (options.sortBy === 'kind' ? kind : plural)
      const meant = kinds
        .filter(
          ({ scope }) =>
            options.namespaced === undefined || (scope === 'Namespaced') === (options.namespaced !== 'false'),
        )
        .toSorted((left, right) => (key(left) < key(right) ? -1 : 1))
      if (options.output === 'name') {
        output.write(meant.map((definition) => `${resourceOf(definition)}\n`).join(''))
        return
      }
      const isWide = options.output === 'wide'
      const header = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND', ...(isWide ? ['VERBS'] : [])]
      const rows = meant.map((definition) => [
        definition.plural,
        definition.shortNames.join(','),
        definition.apiVersion,
        String(definition.scope === 'Namespaced'),
        definition.kind,
        ...(isWide ? [verbsOf(definition)] : []),
      ])
      output.write(formatTable(rows, options.headers ? header : undefined))
    })
}

/** What can be done with the objects of a kind, in Kubernetes' words. */
function verbsOf({ isScalable = false }: KindDefinition): string {
  return ['create', 'delete', 'get', 'list', 'patch', ...(isScalable ? ['scale'] : []), 'update', 'watch'].join(',')
}
