import { Refusal } from '../model/errors.ts'
import { definitionOf } from '../model/kinds.ts'
import type { CommandContext } from './command-context.ts'
import { createObject } from './write.ts'

/** The namespaces that every cluster has, as in Kubernetes. */
const namespaces = ['default', 'kube-system', 'kube-public', 'kube-node-lease']

/** Makes what every cluster has from its first start on. */
export async function bootstrap(context: CommandContext): Promise<void> {
  for (const name of namespaces) {
    if (context.store.replica.get({ kind: 'Namespace', namespace: '', name }) !== undefined) continue
    try {
      await createObject(context, definitionOf('Namespace'), { input: { metadata: { name } }, dryRun: false })
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'ALREADY_EXISTS')) throw error
    }
  }
}
