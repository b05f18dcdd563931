import { type Command, Option } from 'commander'
import { addConnectionOptions, type ConnectionSettings } from '../config.ts'
import { withSession } from '../session.ts'
import type { Surroundings } from '../surroundings.ts'

interface VersionOptions extends ConnectionSettings {
  readonly client?: boolean
  readonly output?: 'json' | 'yaml'
}

interface Versions {
  readonly clientVersion: { readonly gitVersion: string }
  readonly serverVersion?: { readonly gitVersion: string }
}

/** `myriad version`: that of this program and that of the server. */
export function addVersion(program: Command, surroundings: Surroundings, version: string): void {
  addConnectionOptions(
    program
      .command('version')
      .option('--client', 'of this program alone')
      .addOption(new Option('-o, --output <format>', 'as a document').choices(['json', 'yaml'])),
  )
    .description('print the versions of this program and of the server')
    .action(async ({ client: ofClientAlone, output: format, ...settings }: VersionOptions) => {
      const clientVersion = { gitVersion: version }
      // The own version is told also when there is no server.
      if (format === undefined) surroundings.output.write(`Client Version: ${version}\n`)
      const serverVersion = ofClientAlone ? undefined : await serverVersionOf(surroundings, settings)
      if (format !== undefined) {
        const versions = { clientVersion, ...(serverVersion && { serverVersion: { gitVersion: serverVersion } }) }
        surroundings.output.write(await documentOf(versions, format))
      } else if (serverVersion !== undefined) surroundings.output.write(`Server Version: ${serverVersion}\n`)
    })
}

async function serverVersionOf(surroundings: Surroundings, settings: ConnectionSettings): Promise<string> {
  return withSession(surroundings, settings, async ({ client }) => {
    const { cluster } = await client.query<{ cluster: { version: string } }>('{ cluster { version } }')
    return cluster.version
  })
}

async function documentOf(versions: Versions, format: 'json' | 'yaml'): Promise<string> {
  if (format === 'json') return `${JSON.stringify(versions, null, 2)}\n`
  return (await import('../object-yaml.ts')).yamlText(versions)
}
