import type { Client } from '../client/index.ts'
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
  const selection = inScope(definition, given)
  const document = listDocument(definition, selection)
  const first = Math.min(chunkSize || largestPage, largestPage)
  const objects: Resource[] = []
  let after: string | null = null
  do {
    const page: Page = (await client.query<Pages>(document, { ...selectionVariables(selection), first, after })).page
    objects.push(...page.nodes.map(({ manifest }) => manifest))
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
  } while (after !== null)
  return objects
}

/** The selection, without a namespace for a kind that has none. */
export function inScope({ scope }: KindDefinition, selection: Selection): Selection {
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

interface Pages {
  readonly page: Page
}

interface Page {
  readonly nodes: readonly { readonly manifest: Resource }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

/** Events are kept beside the log and have a list of their own. */
function listDocument({ kind }: KindDefinition, { fieldSelector }: Selection): string {
  const isEvent = kind === 'Event'
  const field = isEvent ? 'events' : 'resources'
  const [parameter, byFields] =
    fieldSelector === undefined ? ['', ''] : ['$fieldSelector: String, ', 'fieldSelector: $fieldSelector, ']
  const kinds = isEvent ? '' : `kinds: ["${kind}"], `
  return (
    `query Objects(${parameter}$namespace: String, $labelSelector: String, $first: Int, $after: String) { ` +
    `page: ${field}(${kinds}${byFields}namespace: $namespace, labelSelector: $labelSelector, first: $first, after: $after) ` +
    '{ nodes { manifest } pageInfo { hasNextPage endCursor } } }'
  )
}

function selectionVariables({ namespace, labelSelector, fieldSelector }: Selection): Record<string, unknown> {
  return { namespace, labelSelector, ...(fieldSelector === undefined ? {} : { fieldSelector }) }
}
