import { type HostPort, hostPortsOf } from './host-ports.ts'
import { type Amounts, missingRequests, podRequests } from './pod-requests.ts'
import { PODS, type ResourceColumns, SCORED_CPU, SCORED_MEMORY } from './resource-columns.ts'
import type { SchedulingSpec } from './subjects.ts'

/** What a pod takes of the node that it is on. */
export interface PodDemand {
  /** What filters count, by resource name. */
  readonly requests: Amounts
  /** What scores count, by resource name: `requests` with stand-ins for cpu and memory that are left out. */
  readonly scored: Amounts
  readonly ports: readonly HostPort[]
  /** All of it as cells of the node table: column `columns[i]` goes up by `amounts[i]`. */
  readonly columns: readonly number[]
  readonly amounts: readonly number[]
}

/** Works out a pod's demand. Resources that are new get a column. */
export function demandOf(spec: SchedulingSpec, resources: ResourceColumns): PodDemand {
  const requests = podRequests(spec)
  const scored = podRequests(spec, missingRequests)
  const cells: [column: number, amount: number][] = [
    [PODS, 1],
    [SCORED_CPU, scored.get('cpu') ?? 0],
    [SCORED_MEMORY, scored.get('memory') ?? 0],
  ]
  for (const [resource, amount] of requests) cells.push([resources.columnOf(resource), amount])
  const used = cells.filter(([, amount]) => amount !== 0)
  return {
    requests,
    scored,
    ports: hostPortsOf(spec),
    columns: used.map(([column]) => column),
    amounts: used.map(([, amount]) => amount),
  }
}

/** Whether two demands take the same of a node. */
export function sameDemand(a: PodDemand, b: PodDemand): boolean {
  return a === b || demandKey(a) === demandKey(b)
}

/** A text that is equal for equal demands. */
export function demandKey({ requests, scored, ports }: PodDemand): string {
  return JSON.stringify([sorted(requests), sorted(scored), ports])
}

function sorted(amounts: Amounts): [string, number][] {
  return [...amounts].filter(([, amount]) => amount !== 0).toSorted(([a], [b]) => (a < b ? -1 : 1))
}
