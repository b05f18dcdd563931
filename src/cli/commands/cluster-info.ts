import type { Command } from 'commander'
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
          .map((name) => `${name} ${cluster.allocated[name] ?? '0'} of ${cluster.allocatable[name]}`)
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
