import type { Pod } from '../../../src/model/kinds/pod.ts'
import { podKind } from '../../../src/model/kinds/pod.ts'

/** A pod as the server would hand it out: `spec` with its defaults, bound to node `node-1`. */
export function pod(name: string, spec: Record<string, unknown> = {}, more: Record<string, unknown> = {}): Pod {
  const { metadata, ...rest } = more
  const input = { nodeName: 'node-1', containers: [{ name: 'main', image: 'none', command: ['true'] }], ...spec }
  const body = podKind.body.parse({ spec: input }) as Pick<Pod, 'spec'>
  const complete = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'default',
      uid: `uid-${name}`,
      resourceVersion: '1',
      creationTimestamp: '2026-01-01T00:00:00Z',
      ...(metadata as object | undefined),
    },
    ...body,
    ...rest,
  } as Pod
  return (podKind.applyDefaults?.(complete) ?? complete) as Pod
}

/** The same pod with a deletion under way. */
export function deleted(original: Pod, graceSeconds: number): Pod {
  const metadata = {
    ...original.metadata,
    deletionTimestamp: '2026-01-01T00:00:00Z',
    deletionGracePeriodSeconds: graceSeconds,
  }
  return { ...original, metadata }
}
