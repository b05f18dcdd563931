import type { Replica } from '../../src/store/replica.ts'
import type { Builder } from '../builder.ts'
import { ClusterTally, quantitiesOf } from '../cluster-tally.ts'

const tallies = new WeakMap<Replica, ClusterTally>()

function tallyOf(replica: Replica): ClusterTally {
  let tally = tallies.get(replica)
  if (tally === undefined) tallies.set(replica, (tally = new ClusterTally(replica)))
  return tally
}

interface PhaseCount {
  readonly phase: string
  readonly count: number
}

/** The Cluster type and its query: the sums over everything. */
export function addCluster(builder: Builder, version: string): void {
  const phaseCount = builder.objectRef<PhaseCount>('PodPhaseCount').implement({
    description: 'How many pods are in a phase.',
    fields: (t) => ({
      phase: t.exposeString('phase', { description: 'The phase.' }),
      count: t.exposeInt('count', { description: 'How many pods are in it.' }),
    }),
  })
  const cluster = builder.objectRef<Replica>('Cluster').implement({
    description: 'The cluster as a whole: all machines as one pool.',
    fields: (t) => ({
      version: t.string({ description: 'Version of Myriad.', resolve: () => version }),
      resourceVersion: t.field({
        type: 'ResourceVersion',
        description: 'The newest position in the change log.',
        resolve: ({ revision }) => String(revision),
      }),
      nodeCount: t.int({ description: 'Machines.', resolve: (replica) => tallyOf(replica).nodes }),
      readyNodeCount: t.int({
        description: 'Machines whose condition Ready is True.',
        resolve: (replica) => tallyOf(replica).readyNodes,
      }),
      unschedulableNodeCount: t.int({
        description: 'Machines that are cordoned.',
        resolve: (replica) => tallyOf(replica).unschedulableNodes,
      }),
      podCount: t.int({ description: 'Pods.', resolve: (replica) => replica.count('Pod') }),
      podsByPhase: t.field({
        type: [phaseCount],
        description: 'Pods by phase, in the order of their names.',
        resolve: (replica) =>
          [...tallyOf(replica).podsByPhase]
            .filter(([, count]) => count > 0)
            .map(([phase, count]) => ({ phase, count }))
            .sort((left, right) => (left.phase < right.phase ? -1 : 1)),
      }),
      capacity: t.field({
        type: 'StringMap',
        description: 'What all machines have together.',
        resolve: (replica) => quantitiesOf(tallyOf(replica).capacity),
      }),
      allocatable: t.field({
        type: 'StringMap',
        description: 'What all machines have together for pods.',
        resolve: (replica) => quantitiesOf(tallyOf(replica).allocatable),
      }),
      allocated: t.field({
        type: 'StringMap',
        description: 'What the bound pods that have not ended request together.',
        resolve: (replica) => quantitiesOf(tallyOf(replica).allocated),
      }),
    }),
  })
  builder.queryField('cluster', (t) =>
    t.field({ type: cluster, description: 'The cluster as a whole.', resolve: (_, __, { store }) => store.replica }),
  )
}
