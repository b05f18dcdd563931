import type { Command } from 'commander'
import { formatQuantity, parseQuantity } from '../../model/quantity.ts'
import { addConnectionOptions, type ConnectionSettings } from '../config.ts'
import { withSession } from '../session.ts'
import type { Surroundings } from '../surroundings.ts'

interface Cluster {
  readonly version: string
  readonly nodeCount: number
  readonly readyNodeCount: number
  readonly podCount: number
  readonly podsByPhase: readonly { readonly phase: string; readonly count: number }[]
  readonly allocatable: Readonly<Record<string, string>>
  readonly allocated: Readonly<Record<string, string>>
}

const document =
  '{ cluster { version nodeCount readyNodeCount podCount podsByPhase { phase count } allocatable allocated } }'

/** `myriad cluster-info`: where the server is, and what the cluster has. */
export function addClusterInfo(program: Command, surroundings: Surroundings): void {
  addConnectionOptions(program.command('cluster-info'))
    .description('tell where the server is, and what the cluster has')
    .action(async (settings: ConnectionSettings) => {
      await withSession(surroundings, settings, async ({ client, url, output }) => {
        const { cluster } = await client.query<{ cluster: Cluster }>(document)
        const phases = cluster.podsByPhase.map(({ phase, count }) => `${count} ${phase}`).join(', ')
        const use = ['cpu', 'memory', 'pods']
          .filter((name) => cluster.allocatable[name] !== undefined)
          .map((name) => `${name} ${amountText(name, cluster.allocated)} of ${amountText(name, cluster.allocatable)}`)
        output.write(
          [
            `Myriad ${cluster.version} is running at ${url}`,
            `Nodes: ${cluster.nodeCount}, of which ${cluster.readyNodeCount} are ready`,
            `Pods: ${cluster.podCount}${phases === '' ? '' : ` (${phases})`}`,
            `Requested: ${use.join(', ') || 'nothing'}`,
            '',
          ].join('\n'),
        )
      })
    })
}

/** An amount; bytes in powers of 1,024, as people say them. */
function amountText(name: string, amounts: Cluster['allocated']): string {
  const text = amounts[name] ?? '0'
  const amount = parseQuantity(text)
  return name !== 'memory' || amount === null ? text : formatQuantity({ nano: amount.nano, format: 'BinarySI' })
}
