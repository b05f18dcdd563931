import { formatAge } from '../../duration.ts'
import type { Column } from '../../kind.ts'
import { ageColumn, column, nameColumn, none, wideColumn } from '../column.ts'
import type { Pod } from '../pod.ts'
import { summarizePod } from './pod-summary.ts'

/** The table of pods, as kubectl prints it. */
export const podColumns: readonly Column[] = [
  nameColumn,
  column<Pod>('READY', (pod) => {
    const { ready, total } = summarizePod(pod)
    return `${ready}/${total}`
  }),
  column<Pod>('STATUS', (pod) => summarizePod(pod).status),
  column<Pod>('RESTARTS', (pod, now) => {
    const { restarts, lastRestart } = summarizePod(pod)
    return restarts === 0 || lastRestart === undefined
      ? String(restarts)
      : `${restarts} (${formatAge(lastRestart, now)} ago)`
  }),
  ageColumn,
  wideColumn<Pod>('IP', ({ status }) => status?.podIPs?.[0]?.ip || status?.podIP || none),
  wideColumn<Pod>('NODE', (pod) => pod.spec.nodeName || none),
  wideColumn<Pod>('NOMINATED NODE', (pod) => pod.status?.nominatedNodeName || none),
  wideColumn<Pod>('READINESS GATES', readinessGates),
]

function readinessGates({ spec, status }: Pod): string {
  const gates = spec.readinessGates ?? []
  if (gates.length === 0) return none
  const open = gates.filter(({ conditionType }) =>
    status?.conditions?.some((condition) => condition.type === conditionType && condition.status === 'True'),
  )
  return `${open.length}/${gates.length}`
}
