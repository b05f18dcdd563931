import type { InputRef, ObjectRef } from '@pothos/core'
import type { Input } from '../src/commands/admission.ts'
import { type DeletionOptions, deleteObject } from '../src/commands/delete.ts'
import { createObject, targetOf, updateObject } from '../src/commands/write.ts'
import { shapeOf } from '../src/model/field-shape.ts'
import type { KindDefinition } from '../src/model/kind.ts'
import { objectMeta, type Resource } from '../src/model/resource.ts'
import type { Builder, SchemaTypes } from './builder.ts'
import type { Context } from './context.ts'
import { type ListArguments, type ListRefinement, pageOfKind } from './pages.ts'
import type { Page, Relay } from './relay.ts'
import type { ResourceTypes } from './resource-interface.ts'
import type { ShapeTypes } from './shape-types.ts'

export type KindObject = ObjectRef<SchemaTypes, Resource>

/** The GraphQL types of one kind. */
export interface KindTypes {
  readonly definition: KindDefinition
  readonly object: KindObject
  readonly connection: ObjectRef<SchemaTypes, Page<Resource>>
}

/** What the schema's parts are built with. */
export interface Toolbox {
  readonly builder: Builder
  readonly shapes: ShapeTypes
  readonly relay: Relay
  readonly resources: ResourceTypes
  readonly propagationPolicy: unknown
}

/** Where the objects of a kind are kept. */
export interface KindHome {
  get(context: Context, place: { namespace: string; name: string }): MaybePromise<Resource | null>
  list(context: Context, args: ListArguments, refinement: ListRefinement): MaybePromise<Page<Resource>>
  create(context: Context, writing: { input: Input; dryRun: boolean }): Promise<Resource>
  update(context: Context, writing: { input: Input; dryRun: boolean }): Promise<Resource>
  remove(context: Context, place: { namespace: string; name: string }, options: DeletionOptions): Promise<Resource>
}

type MaybePromise<Value> = Value | Promise<Value>

/** The home of all kinds but a few: read from the replica, written by commands into the log. */
function logged(definition: KindDefinition): KindHome {
  return {
    get: ({ store }, place) => store.replica.get({ kind: definition.kind, ...place }) ?? null,
    list: ({ store }, args, refinement) => pageOfKind(store.replica, definition, args, refinement),
    create: (context, writing) => createObject(context, definition, writing),
    update: (context, writing) => updateObject(context, definition, writing),
    remove: (context, place, options) => deleteObject(context, { definition, ...place }, options),
  }
}

/** Extra arguments of a kind's list, and what they mean. */
export interface Refinement {
  readonly args: (t: ArgumentBuilder) => Record<string, unknown>
  readonly refine: (args: Readonly<Record<string, unknown>>) => ListRefinement
}

type ArgumentBuilder = Parameters<Parameters<Builder['queryField']>[1]>[0]['arg']

/** Server-given fields of metadata that a writer may leave out. */
const serverGiven = ['name', 'uid', 'resourceVersion', 'creationTimestamp']

/** The object, connection and input types of a kind from its definition, and its five: get, list, create, update, delete. */
export function addKind(
  toolbox: Toolbox,
  definition: KindDefinition,
  { refinement, home = logged(definition) }: { refinement?: Refinement; home?: KindHome } = {},
): KindTypes {
  const object = addObject(toolbox, definition)
  const connection = toolbox.relay.connection<Resource>(definition.typeName, object)
  const types = { definition, object, connection }
  addQueries(toolbox, types, home, refinement)
  addMutations(toolbox, types, home)
  return types
}

/** `ClusterNode` → `clusterNode`: the stem of a kind's query and mutation names. */
function stemOf({ typeName }: KindDefinition): string {
  return typeName.charAt(0).toLowerCase() + typeName.slice(1)
}

function addObject({ builder, shapes, resources }: Toolbox, definition: KindDefinition): KindObject {
  const body = shapeOf(definition.body)
  const fields = body.type.kind === 'object' ? body.type.fields : {}
  return builder.objectRef<Resource>(definition.typeName).implement({
    description: definition.description,
    interfaces: [resources.node, resources.resource],
    isTypeOf: (value) => (value as Resource).kind === definition.kind,
    fields: (t) =>
      Object.fromEntries(
        Object.entries(fields).map(([name, part]) => [
          name,
          t.field({
            type: shapes.outputType(part) as never,
            nullable: true,
            description: part.description ?? `The ${name} of the ${definition.kind}.`,
            resolve: (parent) => (parent[name] ?? null) as never,
          }),
        ]),
      ),
  })
}

function addInput({ builder, shapes }: Toolbox, definition: KindDefinition): InputRef<Record<string, unknown>> {
  const metadata = shapes.input(shapeOf(objectMeta), serverGiven)
  const body = shapeOf(definition.body)
  const fields = Object.entries(body.type.kind === 'object' ? body.type.fields : {})
  return builder.inputType(`${definition.typeName}Input`, {
    description: `What a writer says of a ${definition.kind}.`,
    fields: (t) => ({
      apiVersion: t.string({ description: `If given, "${definition.apiVersion}".` }),
      kind: t.string({ description: `If given, "${definition.kind}".` }),
      metadata: t.field({ type: metadata as never, required: true, description: 'Name, labels, owners and the like.' }),
      ...Object.fromEntries(
        fields
          .filter(([name]) => name !== 'status' || definition.kind === 'Node')
          .map(([name, part]) => [
            name,
            t.field({
              type: shapes.inputType(part) as never,
              required: (!part.optional && name !== 'status') as never,
              description: part.description ?? `The ${name} of the ${definition.kind}.`,
            }),
          ]),
      ),
    }),
  }) as InputRef<Record<string, unknown>>
}

function addQueries(
  { builder }: Toolbox,
  { definition, object, connection }: KindTypes,
  home: KindHome,
  refinement?: Refinement,
): void {
  const stem = stemOf(definition)
  const namespaced = definition.scope === 'Namespaced'
  builder.queryField(stem, (t) =>
    t.field({
      type: object,
      nullable: true,
      description: `The ${definition.kind} of a name, or null.`,
      args: {
        ...(namespaced ? { namespace: t.arg.string({ defaultValue: 'default', description: 'Its namespace.' }) } : {}),
        name: t.arg.string({ required: true, description: 'Its name.' }),
      },
      resolve: (_, args, context) =>
        home.get(context, targetOf(definition, (args as { namespace?: string }).namespace, args.name)),
    }),
  )
  builder.queryField(pluralOf(definition), (t) =>
    t.field({
      type: connection,
      description: `A page of ${definition.plural}${namespaced ? ', of all namespaces unless one is given' : ''}.`,
      args: {
        ...(namespaced ? { namespace: t.arg.string({ description: 'Only this namespace.' }) } : {}),
        labelSelector: t.arg.string({ description: 'Kubernetes selector, such as "app=web,tier in (fe,be),!canary".' }),
        fieldSelector: t.arg.string({
          description: 'Kubernetes field selector, such as "status.phase!=Running,spec.nodeName=a".',
        }),
        first: t.arg.int({ defaultValue: 50, description: 'Page size, 1 to 1,000.' }),
        after: t.arg.string({ description: 'Cursor after which to go on.' }),
        ...((refinement?.args(t.arg) ?? {}) as Record<string, never>),
      },
      resolve: (_, args, context) => home.list(context, args, refinement?.refine(args) ?? {}),
    }),
  )
}

/** `ClusterNode` → `clusterNodes`. */
function pluralOf(definition: KindDefinition): string {
  return `${stemOf(definition)}s`
}

function addMutations(toolbox: Toolbox, { definition, object }: KindTypes, home: KindHome): void {
  const { builder } = toolbox
  const { kind, typeName } = definition
  const input = addInput(toolbox, definition)
  for (const [verb, description] of [
    ['create', `Creates a ${kind}.`],
    ['update', `Replaces labels, annotations and spec of a ${kind}; a given resourceVersion must be current.`],
  ] as const) {
    builder.mutationField(`${verb}${typeName}`, (t) =>
      t.field({
        type: object,
        description,
        args: {
          input: t.arg({ type: input, required: true, description: `The ${kind}.` }),
          dryRun: t.arg.boolean({ defaultValue: false, description: 'Judge everything, write nothing.' }),
        },
        resolve: (_, args, context) => {
          return home[verb](context, { input: withoutNulls(args.input), dryRun: args.dryRun ?? false })
        },
      }),
    )
  }
  addDeletion(toolbox, { definition, object }, home)
}

function addDeletion(
  { builder, propagationPolicy }: Toolbox,
  { definition, object }: Pick<KindTypes, 'definition' | 'object'>,
  home: KindHome,
): void {
  const namespaced = definition.scope === 'Namespaced'
  builder.mutationField(`delete${definition.typeName}`, (t) =>
    t.field({
      type: object,
      description: `Deletes a ${definition.kind}, gracefully where it has a grace period. Answers with its last version.`,
      args: {
        ...(namespaced ? { namespace: t.arg.string({ defaultValue: 'default', description: 'Its namespace.' }) } : {}),
        name: t.arg.string({ required: true, description: 'Its name.' }),
        gracePeriodSeconds: t.arg.int({ description: 'Overrides the grace period; 0 removes the object at once.' }),
        propagationPolicy: t.arg({ type: propagationPolicy as never, description: 'What becomes of the dependents.' }),
      },
      resolve: (_, args, context) => {
        const { namespace, name, gracePeriodSeconds, propagationPolicy: policy } = args as DeletionArguments
        return home.remove(context, targetOf(definition, namespace, name), {
          gracePeriodSeconds: gracePeriodSeconds ?? undefined,
          propagationPolicy: policy ?? undefined,
        })
      },
    }),
  )
}

interface DeletionArguments {
  readonly namespace?: string | null
  readonly name: string
  readonly gracePeriodSeconds?: number | null
  readonly propagationPolicy?: 'Foreground' | 'Background' | 'Orphan' | null
}

/** GraphQL's null means "not given", as in Kubernetes' JSON. */
function withoutNulls<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(withoutNulls) as Value
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([, field]) => field !== null && field !== undefined)
  return Object.fromEntries(kept.map(([name, field]) => [name, withoutNulls(field)])) as Value
}
