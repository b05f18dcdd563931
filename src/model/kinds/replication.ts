import type { Column } from '../kind.ts'
import type { Resource } from '../resource.ts'
import { ageColumn, column, nameColumn } from './column.ts'
import { conditionFields } from './condition.ts'
import { int32, int64, list, object, optional, required } from './field.ts'

/** The fields that the status of a ReplicationController and of a ReplicaSet have in common. */
export function replicationStatus<const Condition extends string>(conditionId: Condition, owner: string) {
  return {
    replicas: required(int32, 'Pods that there are.'),
    fullyLabeledReplicas: optional(int32, 'Pods that have all labels of the template.'),
    readyReplicas: optional(int32, 'Pods that are ready.'),
    availableReplicas: optional(int32, 'Pods that have been ready for `minReadySeconds`.'),
    observedGeneration: optional(int64, 'Generation of the spec that the status speaks of.'),
    conditions: optional(
      list(object(conditionId, `A condition of a ${owner}.`, conditionFields)),
      'Conditions, such as ReplicaFailure.',
    ),
  }
}

/** What the table of both kinds is made from. */
interface Replicated extends Resource {
  readonly spec: { readonly replicas: number }
  readonly status?: { readonly replicas: number; readonly readyReplicas?: number | undefined }
}

/** The columns that tables of both kinds begin with. */
export const replicationColumns: readonly Column[] = [
  nameColumn,
  column<Replicated>('DESIRED', (set) => String(set.spec.replicas)),
  column<Replicated>('CURRENT', (set) => String(set.status?.replicas ?? 0)),
  column<Replicated>('READY', (set) => String(set.status?.readyReplicas ?? 0)),
  ageColumn,
]

/** The status of a set that was just created. */
export const initialReplicationStatus = { replicas: 0 }
