import type { PodSpec } from '../../model/kinds/pod/pod-spec.ts'
import { indent } from './description.ts'
import { plainLines } from './plain-lines.ts'

/** What a source of files is, in kubectl's words. */
const meanings: Readonly<Record<string, readonly [type: string, meaning: string]>> = {
  emptyDir: ['EmptyDir', "a temporary directory that shares a pod's lifetime"],
  hostPath: ['HostPath', 'bare host directory volume'],
  configMap: ['ConfigMap', 'a volume populated by a ConfigMap'],
  secret: ['Secret', 'a volume populated by a Secret'],
  downwardAPI: ['DownwardAPI', 'a volume populated by information about the pod'],
  projected: ['Projected', 'a volume that contains injected data from multiple sources'],
  persistentVolumeClaim: ['PersistentVolumeClaim', 'a reference to a PersistentVolumeClaim in the same namespace'],
  ephemeral: ['EphemeralVolume', 'an inline specification for a volume that gets created and deleted with the pod'],
}

/** The volumes of a pod, each with its kind and settings. */
export function volumeLines(volumes: PodSpec['volumes']): string[] {
  if (volumes === undefined || volumes.length === 0) return ['Volumes:\t<none>']
  const lines = volumes.flatMap(({ name, ...sources }) => {
    const [source = '', settings] = Object.entries(sources).find(([, value]) => value !== undefined) ?? []
    const [type, meaning] = meanings[source] ?? [source, '']
    const typeLine = `Type:\t${type}${meaning === '' ? '' : ` (${meaning})`}`
    return [`${name}:`, ...indent([typeLine, ...plainLines(settings)])]
  })
  return ['Volumes:', ...indent(lines)]
}
