import type { Node } from '../src/model/kinds/node.ts'
import type { Pod } from '../src/model/kinds/pod.ts'
import { quantityMilliValue, quantityValue } from '../src/model/quantity.ts'
import type { Resource } from '../src/model/resource.ts'
import { podRequests } from '../src/scheduler/pod-requests.ts'
import { nodeNameOf, type Replica } from '../src/store/replica.ts'

/** Amounts by resource name: cpu in thousandths, everything else in whole units. */
type Amounts = Map<string, number>

/**
 * Sums over the whole cluster, kept up as changes come, so that asking for them costs nothing: nodes, pods by phase,
 * what there is and what is asked of it.
 */
export class ClusterTally {
  nodes = 0
  readyNodes = 0
  unschedulableNodes = 0
  readonly podsByPhase = new Map<string, number>()
  readonly capacity: Amounts = new Map()
  readonly allocatable: Amounts = new Map()
  readonly allocated: Amounts = new Map()

  constructor(replica: Replica) {
    for (const kind of ['Node', 'Pod']) for (const object of replica.list(kind)) this.count(object, 1)
    replica.onChanges((changes) => {
      for (const { type, object, previous } of changes) {
        if (previous !== undefined) this.count(previous, -1)
        if (type !== 'DELETED') this.count(object, 1)
      }
    })
  }

  private count(object: Resource, by: 1 | -1): void {
    if (object.kind === 'Node') this.countNode(object as Node, by)
    else if (object.kind === 'Pod') this.countPod(object as Pod, by)
  }

  private countNode({ spec, status }: Node, by: 1 | -1): void {
    this.nodes += by
    if (status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') === true) {
      this.readyNodes += by
    }
    if (spec?.unschedulable === true) this.unschedulableNodes += by
    addAmounts(this.capacity, status?.capacity, by)
    addAmounts(this.allocatable, status?.allocatable ?? status?.capacity, by)
  }

  private countPod(pod: Pod, by: 1 | -1): void {
    const phase = pod.status?.phase ?? 'Pending'
    this.podsByPhase.set(phase, (this.podsByPhase.get(phase) ?? 0) + by)
    if (nodeNameOf(pod) === undefined || phase === 'Succeeded' || phase === 'Failed') return
    addTo(this.allocated, 'pods', by)
    for (const [name, amount] of requestsOf(pod)) addTo(this.allocated, name, by * amount)
  }
}

/** By spec: a change of status leaves the spec the same object. */
const requests = new WeakMap<Pod['spec'], ReadonlyMap<string, number>>()

/** What a pod asks of its machine, as the scheduler counts it. */
function requestsOf({ spec }: Pod): ReadonlyMap<string, number> {
  let known = requests.get(spec)
  if (known === undefined) requests.set(spec, (known = podRequests(spec)))
  return known
}

function addAmounts(sums: Amounts, amounts: Readonly<Record<string, string | number>> | undefined, by: 1 | -1): void {
  for (const name in amounts) {
    const amount = name === 'cpu' ? quantityMilliValue(amounts[name]) : quantityValue(amounts[name])
    addTo(sums, name, by * amount)
  }
}

/** What has come to nothing is not told. */
function addTo(sums: Amounts, name: string, amount: number): void {
  const sum = (sums.get(name) ?? 0) + amount
  if (sum === 0) sums.delete(name)
  else sums.set(name, sum)
}

/** Amounts as Kubernetes quantities by resource name. */
export function quantitiesOf(amounts: ReadonlyMap<string, number>): Record<string, string> {
  return Object.fromEntries(
    [...amounts].map(([name, amount]) => [
      name,
      name === 'cpu' && amount % 1000 !== 0 ? `${amount}m` : `${name === 'cpu' ? amount / 1000 : amount}`,
    ]),
  )
}
