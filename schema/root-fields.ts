import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql'

/** The names of the fields at the root of an operation, those in fragments included. Directives are not looked at. */
export function rootFieldsOf(document: DocumentNode, operation: OperationDefinitionNode): ReadonlySet<string> {
  const names = new Set<string>()
  const spread = new Set<string>()
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) names.add(selection.name.value)
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet)
      else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value)
        for (const definition of document.definitions) {
          const isMeant = definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === selection.name.value
          if (isMeant) collect(definition.selectionSet)
        }
      }
    }
  }
  collect(operation.selectionSet)
  return names
}
