import type { Command } from 'commander'
import { addConnectionOptions, type ConnectionSettings } from '../config.ts'
import { withSession } from '../session.ts'
import type { Surroundings } from '../surroundings.ts'

/** `myriad version`: that of this program and that of the server. */
export function addVersion(program: Command, surroundings: Surroundings, version: string): void {
  addConnectionOptions(program.command('version').option('--client', 'of this program alone'))
    .description('print the versions of this program and of the server')
    .action(async ({ client: ofClientAlone, ...settings }: ConnectionSettings & { client?: boolean }) => {
      surroundings.output.write(`Client Version: ${version}\n`)
      if (ofClientAlone) return
      await withSession(surroundings, settings, async ({ client, output }) => {
        const { cluster } = await client.query<{ cluster: { version: string } }>('{ cluster { version } }')
        output.write(`Server Version: ${cluster.version}\n`)
      })
    })
}
