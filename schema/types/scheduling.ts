import type { Pod } from '../../src/model/kinds/pod.ts'
import type { FilterCount } from '../../src/scheduler/diagnosis.ts'
import type { NodeVerdict } from '../../src/scheduler/explanation.ts'
import type { Builder } from '../builder.ts'
import type { KindTypes } from '../kind-types.ts'
import { pageSize } from '../relay.ts'
import { explainPod, type SchedulingView } from '../scheduling-view.ts'

/** The relation `pod.scheduling`: where a pod is, or why it waits, as data. */
export function addScheduling(builder: Builder, pod: KindTypes): void {
  const filter = addFilterCount(builder)
  const verdict = addVerdict(builder)
  const scheduling = builder.objectRef<SchedulingView>('PodScheduling').implement({
    description: 'Where a pod is, or why it waits: what each filter says of the machines, as they are now.',
    fields: (t) => ({
      nodeName: t.exposeString('nodeName', { nullable: true, description: 'The machine that the pod is bound to.' }),
      pending: t.boolean({
        description: 'Whether the pod waits for a machine.',
        resolve: ({ nodeName }) => nodeName === null,
      }),
      message: t.exposeString('message', { nullable: true, description: 'Why the pod waits, in one sentence.' }),
      nodeCount: t.int({ description: 'Machines that were looked at.', resolve: ({ verdicts }) => verdicts().length }),
      feasibleNodeCount: t.int({
        description: 'Machines that the pod fits on.',
        resolve: ({ verdicts }) => verdicts().filter(({ feasible }) => feasible).length,
      }),
      filters: t.field({
        type: [filter],
        description: 'The filters that turn machines down, in the order in which they are asked.',
        resolve: ({ filterCounts }) => [...filterCounts()],
      }),
      nodes: t.field({
        type: [verdict],
        description: 'The verdict on each machine, in the order of their names.',
        args: {
          first: t.arg.int({ defaultValue: 50, description: 'At most so many, 1 to 1,000.' }),
          after: t.arg.string({ description: 'Name of the machine after which to go on.' }),
          feasible: t.arg.boolean({ description: 'Only machines that the pod fits on, or does not.' }),
        },
        resolve: ({ verdicts }, { first, after, feasible }) =>
          verdicts()
            .filter(
              (candidate) =>
                (after == null || candidate.node > after) && (feasible == null || candidate.feasible === feasible),
            )
            .slice(0, pageSize(first)),
      }),
    }),
  })
  builder.objectField(pod.object, 'scheduling', (t) =>
    t.field({
      type: scheduling,
      // Every machine is looked at.
      extensions: { cost: 2_500 },
      description: 'Where the pod is, or why it is pending and what would unblock it.',
      resolve: (object, _, { store, scoring }) => explainPod(store.replica, object as Pod, scoring),
    }),
  )
}

function addFilterCount(builder: Builder) {
  const reason = builder.objectRef<FilterCount['reasons'][number]>('SchedulingReasonCount').implement({
    description: 'How many machines were turned down for a reason.',
    fields: (t) => ({
      reason: t.exposeString('reason', { description: 'The reason, as Kubernetes words it.' }),
      nodes: t.exposeInt('nodes', { description: 'How many machines.' }),
    }),
  })
  return builder.objectRef<FilterCount>('SchedulingFilterCount').implement({
    description: 'What one filter has against how many machines.',
    fields: (t) => ({
      filter: t.exposeString('filter', { description: "Kubernetes' name of the filter." }),
      nodes: t.exposeInt('nodes', { description: 'Machines that this filter was the first to turn down.' }),
      reasons: t.field({
        type: [reason],
        description: 'Why, most frequent first.',
        resolve: ({ reasons }) => [...reasons],
      }),
      help: t.exposeString('help', { description: 'What would unblock the pod.' }),
    }),
  })
}

function addVerdict(builder: Builder) {
  const rejection = builder.objectRef<NodeVerdict['rejections'][number]>('SchedulingRejection').implement({
    description: 'Why a filter turns a machine down.',
    fields: (t) => ({
      filter: t.exposeString('filter', { description: "Kubernetes' name of the filter." }),
      reasons: t.stringList({ description: 'Its reasons.', resolve: ({ reasons }) => [...reasons] }),
    }),
  })
  const score = builder.objectRef<NodeVerdict['scores'][number]>('SchedulingScore').implement({
    description: 'What a score gives a machine.',
    fields: (t) => ({
      score: t.exposeString('score', { description: "Kubernetes' name of the score." }),
      value: t.exposeInt('value', { description: '0 to 100.' }),
      weight: t.exposeInt('weight', { description: 'How much it counts.' }),
    }),
  })
  return builder.objectRef<NodeVerdict>('SchedulingVerdict').implement({
    description: 'What the filters and scores say of one machine.',
    fields: (t) => ({
      node: t.exposeString('node', { description: 'Name of the machine.' }),
      feasible: t.exposeBoolean('feasible', { description: 'Whether the pod fits on it.' }),
      rejections: t.field({
        type: [rejection],
        description: 'Every filter that is against it.',
        resolve: ({ rejections }) => [...rejections],
      }),
      scores: t.field({ type: [score], description: 'Every score.', resolve: ({ scores }) => [...scores] }),
      total: t.exposeInt('total', { description: 'The scores by weight, together.' }),
    }),
  })
}
