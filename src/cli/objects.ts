import type { AnyObject, Client } from '../client/index.ts'
import type { KindDefinition } from '../model/kind.ts'
import type { Resource } from '../model/resource.ts'

/** Which objects of a kind are meant. */
export interface Selection {
  /** Only of this namespace; of all without it. Means nothing for cluster-wide kinds. */
  readonly namespace?: string | undefined
  /** Kubernetes selectors of labels and of fields. */
  readonly labelSelector?: string | undefined
  readonly fieldSelector?: string | undefined
  /** How many objects are asked for at a time, at most 1,000; 0 is as many. */
  readonly chunkSize?: number | undefined
}

/** An object by its name. */
export interface ObjectName {
  readonly definition: KindDefinition
  readonly name: string
}

/** One answer for each of the names, in their order: null where there is none. */
export interface Named extends ObjectName {
  readonly object: Resource | null
}

const largestPage = 1_000
/** How many objects one request asks for by name; the server takes a few hundred aliases. */
const namesAtOnce = 50

/** All objects of a kind that a selection means, in (namespace, name) order, however many pages they are. */
export async function listObjects(
  client: Client,
  definition: KindDefinition,
  { chunkSize, ...given }: Selection,
): Promise<Resource[]> {
  const pageSize = Math.min(chunkSize || largestPage, largestPage)
  const { items } = await client
    .resources({ kinds: [definition.kind] })
    .list({ ...inScope(definition, given), pageSize })
  return items.map(objectOf)
}

/** An object of the client as the model has it: the same, but that its fields have the types of the kind's definition. */
export function objectOf(object: AnyObject): Resource {
  return object as Resource
}

/** The selection, without a namespace for a kind that has none. */
export function inScope<Given extends Omit<Selection, 'chunkSize'>>(
  { scope }: KindDefinition,
  selection: Given,
): Given {
  return scope === 'Namespaced' ? selection : { ...selection, namespace: undefined }
}

/** The objects of these names; `namespace` is that of those kinds that have one. */
export async function getObjects(client: Client, names: readonly ObjectName[], namespace: string): Promise<Named[]> {
  const answers: Named[] = []
  for (let start = 0; start < names.length; start += namesAtOnce) {
    answers.push(...(await getSome(client, names.slice(start, start + namesAtOnce), namespace)))
  }
  return answers
}

async function getSome(client: Client, names: readonly ObjectName[], namespace: string): Promise<Named[]> {
  const parameters = names.map((_, index) => `, $kind${index}: String!, $name${index}: String!`).join('')
  const fields = names.map(
    (_, index) =>
      `object${index}: resource(kind: $kind${index}, namespace: $namespace, name: $name${index}) { manifest }`,
  )
  const variables: Record<string, string> = { namespace }
  for (const [index, { definition, name }] of names.entries()) {
    variables[`kind${index}`] = definition.kind
    variables[`name${index}`] = name
  }
  const found = await client.query<Readonly<Record<string, { readonly manifest: Resource } | null>>>(
    `query Objects($namespace: String!${parameters}) { ${fields.join(' ')} }`,
    variables,
  )
  return names.map((named, index) => ({ ...named, object: found[`object${index}`]?.manifest ?? null }))
}
