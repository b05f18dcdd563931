import { connect } from '../../../src/client/index.ts'

/** What a test wants a pod to be. */
export interface PodWish {
  readonly name: string
  readonly namespace?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly cpu?: string
}

/** A manifest of a pod with one container. */
export function podManifest({ name, namespace = 'default', labels = {}, cpu = '100m' }: PodWish): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: { containers: [{ name: 'main', image: 'busybox', resources: { requests: { cpu } } }] },
  })
}

/** Applies manifests, through the server at `url`. */
export async function applyManifests(url: string, manifests: readonly string[]): Promise<void> {
  const client = connect({ url })
  const document = 'mutation ($manifests: String!) { apply(manifests: $manifests) { dryRun } }'
  await client.mutate(document, { manifests: manifests.join('\n---\n') })
  client.close()
}

/** Deletes a pod at once. */
export async function deletePod(url: string, name: string): Promise<void> {
  const client = connect({ url })
  await client.mutate('mutation ($name: String!) { deletePod(name: $name, gracePeriodSeconds: 0) { name } }', { name })
  client.close()
}
