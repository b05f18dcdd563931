import type { Command } from 'commander'
import { addConnectionOptions, type ConnectionSettings } from '../config.ts'
import type { CordonFlags } from '../cordon.ts'
import { dryRunOption } from '../dry-run.ts'
import { withSession } from '../session.ts'
import type { Surroundings } from '../surroundings.ts'

/** `myriad cordon` and `myriad uncordon`: whether further pods may be placed on nodes. */
export function addCordon(program: Command, surroundings: Surroundings): void {
  for (const isCordoning of [true, false]) {
    const command = program
      .command(isCordoning ? 'cordon' : 'uncordon')
      .argument('[nodes...]', 'names of nodes')
      .description(isCordoning ? 'place no further pods on nodes' : 'place pods on nodes again')
      .option('-l, --selector <selector>', 'nodes with such labels')
      .addOption(dryRunOption())
    addConnectionOptions(command).action(async (names: string[], flags: ConnectionSettings & CordonFlags) => {
      const { cordon } = await import('../cordon.ts')
      await withSession(surroundings, flags, (session) => cordon(isCordoning, { names, flags }, session))
    })
  }
}
