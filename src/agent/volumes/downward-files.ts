import type { DownwardAPIVolumeFile } from '../../model/kinds/pod/projected-volume.ts'
import { type PodFacts, podField } from '../pod-field.ts'
import { type Allocatable, resourceField } from '../resource-field.ts'

/** A file that the agent writes into a volume. */
export interface VolumeFile {
  /** Relative to the volume. */
  readonly path: string
  readonly content: string
  readonly mode: number
}

/** What files tell of. */
export interface DownwardFacts extends PodFacts {
  readonly allocatable: Allocatable
}

/** The files of a downward API volume. Throws one sentence for what cannot be told. */
export function downwardFiles(
  items: readonly DownwardAPIVolumeFile[],
  defaultMode: number,
  facts: DownwardFacts,
): VolumeFile[] {
  return items.map(({ path, fieldRef, resourceFieldRef, mode = defaultMode }) => {
    if (resourceFieldRef) return { path, content: resourceField(resourceFieldRef, facts), mode }
    const content = podField(fieldRef?.fieldPath ?? '', facts)
    if (content === undefined) throw new Error(`unsupported fieldPath: ${fieldRef?.fieldPath ?? ''}`)
    return { path, content, mode }
  })
}
