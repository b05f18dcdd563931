import type { KindDefinition } from '../model/kind.ts'
import { definitionOf } from '../model/kinds.ts'
import type { Resource } from '../model/resource.ts'

/** How kubectl calls an object in one word: `pod/web`, `replicaset.apps/web`. */
export function resourceName({
  kind,
  metadata: { name },
}: Pick<Resource, 'kind'> & { readonly metadata: { readonly name: string } }): string {
  const definition = definitionOf(kind)
  return `${definition.singular}${groupSuffix(definition)}/${name}`
}

/** How kubectl calls the objects of a kind: `pods`, `replicasets.apps`. */
export function resourceOf(definition: KindDefinition): string {
  return `${definition.plural}${groupSuffix(definition)}`
}

function groupSuffix({ apiVersion }: KindDefinition): string {
  const slash = apiVersion.indexOf('/')
  return slash < 0 ? '' : `.${apiVersion.slice(0, slash)}`
}
