import type { ClusterState } from '../cluster-state.ts'
import type { DynamicFilter, Rejection } from '../filter.ts'
import { podRequests } from '../pod-requests.ts'
import { amountText, PODS } from '../resource-columns.ts'

/** What a pod wants of one resource. */
interface Want {
  readonly reason: string
  readonly column: number
  readonly amount: number
}

/** Keeps pods from nodes that have too little left of something that the pod asks for, or hold all the pods they may. */
export const nodeResourcesFit: DynamicFilter = {
  kind: 'dynamic',
  name: 'NodeResourcesFit',
  helpedBy: ['NodeAdd', 'NodeUpdateAllocatable', 'AssignedPodDelete'],
  prepare: ({ spec }, state) => fitTest(wantsOf(state.demandOf(spec).requests, state), state),
  help: ({ spec }) => {
    const wanted = [...podRequests(spec)].filter(([, amount]) => amount > 0)
    const texts = wanted.map(([resource, amount]) => `${resource} ${amountText(resource, amount)}`)
    const asked = texts.length === 0 ? '' : ` (it asks for ${texts.join(', ')})`
    return `Remove pods, add a node with enough room, or lower the pod's requests${asked}.`
  },
}

/** What a pod wants, in the order in which Kubernetes reports shortages. */
function wantsOf(requests: ReadonlyMap<string, number>, state: ClusterState): Want[] {
  const wants: Want[] = []
  for (const [resource, amount] of requests) {
    if (amount > 0)
      wants.push({ reason: `Insufficient ${resource}`, column: state.resources.columnOf(resource), amount })
  }
  wants.sort((a, b) => a.column - b.column)
  return [{ reason: 'Too many pods', column: PODS, amount: 1 }, ...wants]
}

function fitTest(wants: readonly Want[], state: ClusterState): (slot: number) => Rejection | null {
  const { table } = state
  const columns = wants.map((want) => want.column)
  const amounts = wants.map((want) => want.amount)
  const rejections = new Map<string, Rejection>()
  return (slot) => {
    const { allocatable, requested } = table
    const row = slot * table.width
    for (let index = 0; index < columns.length; index++) {
      const cell = row + columns[index]!
      if (amounts[index]! > allocatable[cell]! - requested[cell]!) return rejectionAt(row)
    }
    return null
  }

  function rejectionAt(row: number): Rejection {
    const { allocatable, requested } = table
    const short = wants.filter(({ column, amount }) => amount > allocatable[row + column]! - requested[row + column]!)
    const key = short.map(({ column }) => column).join()
    let rejection = rejections.get(key)
    if (rejection === undefined) {
      rejection = { filter: 'NodeResourcesFit', reasons: short.map(({ reason }) => reason) }
      rejections.set(key, rejection)
    }
    return rejection
  }
}
