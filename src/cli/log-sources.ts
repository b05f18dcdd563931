import type { Pod } from '../model/kinds/pod.ts'
import { definitionOf } from '../model/kinds.ts'
import type { Resource } from '../model/resource.ts'
import { formatSelector, selectorOfLabelSelector, selectorOfMap } from '../model/selector.ts'
import { CommandError, UsageError } from './failure.ts'
import { notFound } from './not-found.ts'
import { getObjects, listObjects } from './objects.ts'
import { resourceName } from './resource-name.ts'
import type { Session } from './session.ts'
import { parseTargets } from './target.ts'

/** The flags of `myriad logs` that say whose logs. */
export interface SourceFlags {
  readonly allContainers?: boolean
  readonly allPods?: boolean
  readonly container?: string | undefined
  readonly selector?: string
}

/** A container whose log is meant. */
export interface LogSource {
  readonly pod: Pod
  readonly container: string
}

/** The containers whose logs are meant, in the order of their pods. What was chosen for the user is told on standard error. */
export async function findSources(
  args: readonly string[],
  flags: SourceFlags,
  session: Session,
): Promise<readonly LogSource[]> {
  const [target, positional, ...more] = args
  if (more.length > 0) throw new UsageError('expected POD, or KIND/NAME, and at most one container')
  if (positional !== undefined && flags.container !== undefined) {
    throw new UsageError('only one of -c or an inline [CONTAINER] arg is allowed')
  }
  if (flags.allContainers === true && (flags.container ?? positional) !== undefined) {
    throw new UsageError('--all-containers=true should not be specified with container name')
  }
  const pods = await findPods(target, flags, session)
  return pods.flatMap((pod) => containersMeant(pod, { ...flags, container: flags.container ?? positional }, session))
}

async function findPods(target: string | undefined, flags: SourceFlags, session: Session): Promise<readonly Pod[]> {
  if (flags.selector !== undefined) {
    if (target !== undefined) throw new UsageError('only a selector (-l) or a POD name is allowed')
    return podsSelected(flags.selector, session)
  }
  if (target === undefined) {
    throw new UsageError("expected 'logs POD', 'logs KIND/NAME' or 'logs -l SELECTOR'")
  }
  const [named] = parseTargets([target.includes('/') ? target : `pod/${target}`]).named
  if (named === undefined) return []
  const [found] = await getObjects(session.client, [named], session.namespace)
  if (found?.object == null) throw notFound(named)
  if (found.object.kind === 'Pod') return [found.object as Pod]
  return podsOf(found.object, flags, session)
}

async function podsSelected(labelSelector: string, { client, namespace }: Session): Promise<readonly Pod[]> {
  return (await listObjects(client, definitionOf('Pod'), { namespace, labelSelector })) as readonly Resource[] as Pod[]
}

/** One pod of those that a controller keeps, or all of them. */
async function podsOf(owner: Resource, flags: SourceFlags, session: Session): Promise<readonly Pod[]> {
  const labelSelector = selectorOf(owner)
  if (labelSelector === undefined) {
    throw new CommandError(`cannot get the logs from ${resourceName(owner)}: it keeps no pods`)
  }
  const pods = (await podsSelected(labelSelector, session)).toSorted(likeliestFirst)
  const [first] = pods
  if (first === undefined) throw new CommandError(`${resourceName(owner)} has no pods`)
  if (flags.allPods === true) return pods
  if (pods.length > 1) session.errors.write(`Found ${pods.length} pods, using pod/${first.metadata.name}\n`)
  return [first]
}

/** The label selector of an object that keeps pods, as a text. */
function selectorOf(owner: Resource): string | undefined {
  const { selector } = (owner as Resource & { readonly spec?: { readonly selector?: object } }).spec ?? {}
  if (selector === undefined) return undefined
  const parsed =
    owner.kind === 'ReplicationController'
      ? selectorOfMap(selector as Readonly<Record<string, string>>)
      : selectorOfLabelSelector(selector)
  return formatSelector(parsed)
}

/** Pods that run come before those that do not, as kubectl has it; then the older one. */
function likeliestFirst(left: Pod, right: Pod): number {
  return (
    Number(hasRun(right)) - Number(hasRun(left)) ||
    left.metadata.creationTimestamp.localeCompare(right.metadata.creationTimestamp) ||
    left.metadata.name.localeCompare(right.metadata.name)
  )
}

function hasRun({ status }: Pod): boolean {
  return status?.phase === 'Running'
}

/** Names the container that is meant when nobody says one (kubectl). */
const defaultContainerAnnotation = 'kubectl.kubernetes.io/default-container'

function containersMeant(pod: Pod, { allContainers, container }: SourceFlags, session: Session): LogSource[] {
  const { spec, metadata } = pod
  const names = spec.containers.map(({ name }) => name)
  const all = [
    ...(spec.initContainers ?? []).map(({ name }) => name),
    ...names,
    ...(spec.ephemeralContainers ?? []).map(({ name }) => name),
  ]
  if (allContainers === true) return all.map((name) => ({ pod, container: name }))
  if (container !== undefined) {
    if (all.includes(container)) return [{ pod, container }]
    throw new CommandError(`container ${container} is not valid for pod ${metadata.name}; it has ${all.join(', ')}`)
  }
  const usual = metadata.annotations?.[defaultContainerAnnotation]
  if (usual !== undefined && all.includes(usual)) return [{ pod, container: usual }]
  const [first] = names
  if (first === undefined) return []
  if (all.length > 1) {
    const inits = new Set((spec.initContainers ?? []).map(({ name }) => name))
    const others = [...names, ...inits].map((name) => (inits.has(name) ? `${name} (init)` : name))
    session.errors.write(`Defaulted container "${first}" out of: ${others.join(', ')}\n`)
  }
  return [{ pod, container: first }]
}
