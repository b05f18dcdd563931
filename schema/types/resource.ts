import { eventOf, findEvent } from '../../src/commands/events.ts'
import { type Target, targetOf } from '../../src/commands/write.ts'
import { Refusal } from '../../src/model/errors.ts'
import { shown } from '../../src/model/fault.ts'
import type { KindDefinition } from '../../src/model/kind.ts'
import { definitionOf, kindNamed, kinds } from '../../src/model/kinds.ts'
import { suggestName } from '../../src/model/names.ts'
import type { Resource } from '../../src/model/resource.ts'
import type { Context } from '../context.ts'
import type { Toolbox } from '../kind-types.ts'
import { pageOfKinds } from '../pages.ts'
import { decodeId } from '../relay.ts'

/** What works for objects of any kind: `node`, `resource`, `resources`. */
export function addResource({ builder, resources }: Toolbox): void {
  builder.queryField('node', (t) =>
    t.field({
      type: resources.node,
      nullable: true,
      description: 'Anything by its global ID, or null.',
      args: { id: t.arg.id({ required: true, description: 'The global ID.' }) },
      resolve: (_, { id }, context) => objectOfId(context, id),
    }),
  )
  builder.queryField('resource', (t) =>
    t.field({
      type: resources.resource,
      nullable: true,
      description: 'The object of a kind and name, or null.',
      args: {
        kind: t.arg.string({ required: true, description: 'Kind, plural or short name: "Pod", "pods", "po".' }),
        namespace: t.arg.string({
          defaultValue: 'default',
          description: 'Its namespace; ignored for cluster-wide kinds.',
        }),
        name: t.arg.string({ required: true, description: 'Its name.' }),
      },
      resolve: (_, { kind, namespace, name }, context) =>
        objectOfName(context, targetOf(kindCalled(kind), namespace, name)),
    }),
  )
  builder.queryField('resources', (t) =>
    t.field({
      type: resources.resourceConnection as never,
      description: 'A page of objects of several kinds, in (kind, namespace, name) order.',
      args: {
        kinds: t.arg.stringList({ description: 'Only these kinds; all but events without it.' }),
        namespace: t.arg.string({ description: 'Only this namespace.' }),
        labelSelector: t.arg.string({ description: 'Kubernetes selector, such as "app=web,tier in (fe,be),!canary".' }),
        fieldSelector: t.arg.string({
          description: 'Kubernetes field selector of what all of these kinds have, such as "metadata.name=web".',
        }),
        first: t.arg.int({ defaultValue: 50, description: 'Page size, 1 to 1,000.' }),
        after: t.arg.string({ description: 'Cursor after which to go on.' }),
      },
      resolve: (_, { kinds: names, ...page }, { store }) =>
        pageOfKinds(store.replica, loggedKinds(names), page) as never,
    }),
  )
}

/**
 * The definitions of kinds by their names; without names all whose objects are in the log. Throws INVALID for events,
 * which are kept beside it.
 */
export function loggedKinds(names: readonly string[] | null | undefined): readonly KindDefinition[] {
  const isLogged = ({ kind }: KindDefinition) => kind !== 'Event'
  const called =
    names == null
      ? kinds.filter(isLogged)
      : [...new Set(names.map((name, index) => kindCalled(name, `kinds[${index}]`)))]
  if (called.every(isLogged)) return called
  const message = 'Unsupported value: "Event": events are kept beside the log; ask for them with `events`'
  throw new Refusal('INVALID', `kinds: ${message}`, {
    causes: [{ field: 'kinds', reason: 'FieldValueNotSupported', message }],
  })
}

async function objectOfId(context: Context, id: string): Promise<Resource | null> {
  const named = decodeId(id)
  if (named === undefined) return null
  const { store } = context
  if (named.type === 'Event') {
    const record = await store.events.find({ uid: named.identity })
    return record === undefined ? null : eventOf(record)
  }
  const object = store.replica.byUid(named.identity)
  return object !== undefined && definitionOf(object.kind).typeName === named.type ? object : null
}

async function objectOfName(context: Context, { definition, ...place }: Target): Promise<Resource | null> {
  if (definition.kind !== 'Event') return context.store.replica.get({ kind: definition.kind, ...place }) ?? null
  const record = await findEvent(context, place)
  return record === undefined ? null : eventOf(record)
}

/** The kind that a word means. Throws INVALID for a word that means none; `field` is the argument that it stands in. */
export function kindCalled(name: string, field = 'kind'): KindDefinition {
  const definition = kindNamed(name)
  if (definition !== undefined) return definition
  const near = suggestName(
    name,
    kinds.map(({ kind }) => kind),
  )
  const message = `Unsupported value: ${shown(name)}: no such kind${near === undefined ? '' : `, did you mean "${near}"?`}`
  throw new Refusal('INVALID', message, { causes: [{ field, reason: 'FieldValueNotSupported', message }] })
}
