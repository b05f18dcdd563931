type Fields = Readonly<Record<string, unknown>>

/** A container that every machine could run. */
export const container: Fields = { name: 'main', image: 'main', command: ['sleep'] }

/** The input of a pod with one container. */
export function podInput(name: string, spec: Fields = {}, metadata: Fields = {}): Fields {
  return { metadata: { name, ...metadata }, spec: { containers: [container], ...spec } }
}

/** The input of a ReplicationController of pods labelled `app=NAME`. */
export function controllerInput(name: string, replicas: number, podSpec: Fields = {}): Fields {
  const labels = { app: name }
  const template = { metadata: { labels }, spec: { containers: [container], ...podSpec } }
  return { metadata: { name }, spec: { replicas, selector: labels, template } }
}

/** The input of a machine that is ready. */
export function nodeInput(name: string, amounts: Fields = {}, labels: Fields = {}): Fields {
  const capacity = { cpu: '4', memory: '8Gi', pods: '110', ...amounts }
  const conditions = [{ type: 'Ready', status: 'True' }]
  return { metadata: { name, labels }, status: { capacity, allocatable: capacity, conditions } }
}

/** The mutations of the kinds, as tests use them most. */
export const createPod =
  'mutation ($input: PodInput!, $dryRun: Boolean) { createPod(input: $input, dryRun: $dryRun) { name uid namespace metadata { resourceVersion generateName finalizers generation } manifest } }'
export const updatePod =
  'mutation ($input: PodInput!, $dryRun: Boolean) { updatePod(input: $input, dryRun: $dryRun) { name uid labels metadata { resourceVersion generation } manifest } }'
export const deletePod =
  'mutation ($name: String!, $namespace: String, $gracePeriodSeconds: Int, $propagationPolicy: PropagationPolicy) { deletePod(name: $name, namespace: $namespace, gracePeriodSeconds: $gracePeriodSeconds, propagationPolicy: $propagationPolicy) { name metadata { deletionTimestamp deletionGracePeriodSeconds finalizers resourceVersion } history { totalCount nodes { type actor resourceVersion } } } }'
export const createController =
  'mutation ($input: ReplicationControllerInput!) { createReplicationController(input: $input) { name uid metadata { resourceVersion } } }'
export const createNode = 'mutation ($input: ClusterNodeInput!) { createClusterNode(input: $input) { name uid } }'
