import { setCordon } from '../../src/commands/cordon.ts'
import { definitionOf } from '../../src/model/kinds.ts'
import { nodeNameOf } from '../../src/store/replica.ts'
import { addKind, type KindTypes, type Toolbox } from '../kind-types.ts'
import { pageOfList } from '../pages.ts'

/** The ClusterNode type (manifest kind `Node`), its relations to pods, and cordoning. */
export function addClusterNode(toolbox: Toolbox, pod: KindTypes): KindTypes {
  const { builder } = toolbox
  const types = addKind(toolbox, definitionOf('Node'))
  builder.objectField(pod.object, 'node', (t) =>
    t.field({
      type: types.object,
      nullable: true,
      description: 'The machine that the pod is bound to.',
      resolve: (object, _, { store }) =>
        store.replica.get({ kind: 'Node', namespace: '', name: nodeNameOf(object) ?? '' }) ?? null,
    }),
  )
  builder.objectField(types.object, 'pods', (t) =>
    t.field({
      type: pod.connection,
      description: 'The pods that are bound to this machine.',
      args: {
        first: t.arg.int({ defaultValue: 50, description: 'Page size, 1 to 1,000.' }),
        after: t.arg.string({ description: 'Cursor after which to go on.' }),
      },
      resolve: ({ metadata }, page, { store }) => pageOfList(store.replica, store.replica.onNode(metadata.name), page),
    }),
  )
  for (const [verb, cordoned, description] of [
    ['cordon', true, 'Marks a machine as unschedulable: no further pods are placed on it.'],
    ['uncordon', false, 'Marks a machine as schedulable again.'],
  ] as const) {
    builder.mutationField(verb, (t) =>
      t.field({
        type: types.object,
        description,
        args: { name: t.arg.string({ required: true, description: 'Name of the machine.' }) },
        resolve: (_, { name }, context) => {
          return setCordon(context, name, cordoned)
        },
      }),
    )
  }
  return types
}
