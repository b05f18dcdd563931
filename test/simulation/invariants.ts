import { isTerminal } from '../../src/control/pod-condition.ts'
import type { Node } from '../../src/model/kinds/node.ts'
import type { Pod } from '../../src/model/kinds/pod.ts'
import type { Resource } from '../../src/model/resource.ts'
import { isSameJson } from '../../src/model/same-json.ts'
import type { LoggedChange } from '../../src/store/change-log.ts'
import { nodeNameOf } from '../../src/store/replica.ts'
import type { Simulation } from './simulation.ts'

/** What does not hold after quiet, one sentence for each case. */
export async function findBroken(simulation: Simulation): Promise<string[]> {
  const { store } = simulation.control.api
  const log = await store.changesSince(0, store.replica.revision, 1_000_000)
  const broken = [
    ...writesThatAreLost(simulation, log),
    ...eventsThatDiffer(simulation, log),
    ...revisionsThatDoNotGrow(log),
    ...podsOutOfPlace(simulation),
    ...setsOutOfScale(simulation),
  ]
  const { revision } = store.replica
  await simulation.control.crash()
  await simulation.pass(1_000)
  const again = simulation.control.api.store.replica.revision
  if (again !== revision) {
    const more = await simulation.control.api.store.changesSince(revision, again, 1_000)
    // Of pods that wait for the same reason the scheduler asks one at a time: what the others were told may be out of date.
    const acts = more.filter(({ actor, object }) => actor !== 'system:scheduler' || nodeNameOf(object) !== undefined)
    broken.push(...acts.map(({ actor, object }) => `a second look made ${actor} change ${JSON.stringify(object)}`))
  }
  return broken
}

function writesThatAreLost({ acknowledged }: Simulation, log: readonly LoggedChange[]): string[] {
  const byRevision = new Map(log.map((change) => [String(change.revision), change]))
  return acknowledged.flatMap(({ command, object }) => {
    const { resourceVersion } = object.metadata
    const logged = byRevision.get(resourceVersion)
    const holds = logged !== undefined && isSameJson(withoutStatus(logged.object), withoutStatus(object))
    return holds
      ? []
      : [`"${command}" was acknowledged as ${resourceVersion}, where the log has ${JSON.stringify(logged)}`]
  })
}

function withoutStatus({ kind, metadata, ...rest }: Resource): unknown {
  const { status: _, ...body } = rest as Readonly<Record<string, unknown>>
  return { kind, metadata, ...body }
}

function eventsThatDiffer({ control }: Simulation, log: readonly LoggedChange[]): string[] {
  const expected = log.map(({ type, revision, object }) => `${type} ${revision} ${object.metadata.uid}`)
  const heard = control.heard
    .filter(({ type }) => type !== 'BOOKMARK')
    .map(({ type, revision, uid }) => `${type} ${revision} ${uid}`)
  const at = expected.findIndex((line, index) => heard[index] !== line)
  if (at < 0 && heard.length === expected.length) return []
  return [
    `event number ${at} should be "${expected[at]}" and was "${heard[at]}", of ${expected.length} and ${heard.length}`,
  ]
}

function revisionsThatDoNotGrow(log: readonly LoggedChange[]): string[] {
  return log.flatMap(({ revision }, index) => {
    const before = log[index - 1]?.revision ?? 0
    return revision > before ? [] : [`revision ${revision} follows ${before}`]
  })
}

function podsOutOfPlace({ control, agents }: Simulation): string[] {
  const { replica } = control.api.store
  const nodes = new Map([...replica.list('Node')].map((node) => [node.metadata.name, node as Node]))
  const pods = [...replica.list('Pod')] as Pod[]
  const used = new Map<string, number>()
  const broken = pods.flatMap((pod) => {
    const { name, uid } = pod.metadata
    const { nodeName = '' } = pod.spec
    const places = agents.filter(({ running }) => running.has(uid)).map((agent) => agent.name)
    if (places.length > 1) return [`pod ${name} runs on ${places.join(' and ')}`]
    if (pod.metadata.deletionTimestamp !== undefined) return [`pod ${name} on "${nodeName}" is being deleted for ever`]
    if (nodeName !== '' && !nodes.has(nodeName)) return [`pod ${name} is bound to ${nodeName}, which is gone`]
    if (isTerminal(pod)) return []
    if (nodeName === '') return []
    used.set(nodeName, (used.get(nodeName) ?? 0) + 1)
    if (pod.status?.phase !== 'Running') return [`pod ${name} on ${nodeName} is ${pod.status?.phase}`]
    return places[0] === nodeName ? [] : [`pod ${name} is told to run on ${nodeName} and runs on ${places.join()}`]
  })
  const uids = new Set(pods.map(({ metadata }) => metadata.uid))
  for (const { name, running } of agents) {
    for (const uid of running) if (!uids.has(uid)) broken.push(`${name} runs pod ${uid}, which is gone`)
    const capacity = Number(nodes.get(name)?.status?.allocatable?.['cpu'] ?? 0)
    if ((used.get(name) ?? 0) > capacity) broken.push(`${name} has ${used.get(name)} pods and room for ${capacity}`)
  }
  return broken
}

function setsOutOfScale({ control }: Simulation): string[] {
  const { replica } = control.api.store
  const pods = ([...replica.list('Pod')] as Pod[]).filter((pod) => !isTerminal(pod))
  const free = [...replica.list('Node')].some((node) => {
    const { spec, status } = node as Node
    const taken = pods.filter((pod) => pod.spec.nodeName === node.metadata.name).length
    return spec?.unschedulable !== true && taken < Number(status?.allocatable?.['cpu'] ?? 0)
  })
  const waiting = pods
    .filter(({ spec }) => spec.nodeName === undefined)
    .map(({ metadata }) => `pod ${metadata.name} waits though there is room`)
  const sets = [...replica.list('ReplicationController'), ...replica.list('ReplicaSet')]
  return [
    ...(free ? waiting : []),
    ...sets.flatMap(({ kind, metadata, ...rest }) => {
      const { replicas = 1 } = (rest as unknown as { spec: { replicas?: number } }).spec
      const owned = pods.filter((pod) => pod.metadata.ownerReferences?.some(({ uid }) => uid === metadata.uid)).length
      return owned === replicas ? [] : [`${kind} ${metadata.name} wants ${replicas} pods and has ${owned}`]
    }),
  ]
}
