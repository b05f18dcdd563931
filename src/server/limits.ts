import {
  type ASTVisitor,
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql'

/** How much one document may ask for. */
export interface DocumentLimits {
  /** Levels of selection. */
  readonly depth: number
  /** Fields that the answer may have, with lists counted by their `first`. */
  readonly cost: number
  /** Fields under another name. */
  readonly aliases: number
  /** Words and signs of the document's text. */
  readonly tokens: number
}

export const defaultDocumentLimits: DocumentLimits = { depth: 20, cost: 250_000, aliases: 200, tokens: 10_000 }

interface Measure {
  readonly depth: number
  readonly cost: number
  readonly aliases: number
}

const nothing: Measure = { depth: 0, cost: 0, aliases: 0 }

/** Page size that counts for a list whose `first` is a variable: it is judged when the list is read. */
const unknownPageSize = 100

/** A validation rule that refuses operations beyond the limits, telling which limit and by how much. */
export function documentLimitsRule(limits: DocumentLimits): (context: ValidationContext) => ASTVisitor {
  return (context) => ({
    OperationDefinition(operation) {
      const measure = measureOperation(context.getDocument(), operation, limits)
      for (const name of ['depth', 'aliases', 'cost'] as const) {
        if (measure[name] <= limits[name]) continue
        const message = `the operation is too large: its ${name} is ${measure[name]}, the limit is ${limits[name]}`
        const causes = [{ field: name, reason: 'FieldValueTooMany', message }]
        context.reportError(new GraphQLError(message, { nodes: operation, extensions: { code: 'INVALID', causes } }))
      }
    },
  })
}

function measureOperation(document: DocumentNode, operation: OperationDefinitionNode, limits: DocumentLimits): Measure {
  const fragments = new Map<string, SelectionSetNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition.selectionSet)
  }
  const known = new Map<string, Measure>()
  const open = new Set<string>()

  const measureFragment = (name: string): Measure => {
    const measured = known.get(name)
    const fragment = fragments.get(name)
    // Unknown fragments and cycles are refused by GraphQL's own rules.
    if (measured !== undefined || fragment === undefined || open.has(name)) return measured ?? nothing
    open.add(name)
    const measure = measureSet(fragment)
    open.delete(name)
    known.set(name, measure)
    return measure
  }

  const measureField = (field: FieldNode): Measure => {
    const inner = field.selectionSet === undefined ? nothing : measureSet(field.selectionSet)
    return {
      depth: inner.depth + 1,
      cost: Math.min(1 + inner.cost * pageSizeOf(field), Number.MAX_SAFE_INTEGER),
      aliases: inner.aliases + (field.alias === undefined ? 0 : 1),
    }
  }

  const measureSet = ({ selections }: SelectionSetNode): Measure => {
    let total = nothing
    for (const selection of selections) {
      const one =
        selection.kind === Kind.FIELD
          ? measureField(selection)
          : selection.kind === Kind.INLINE_FRAGMENT
            ? measureSet(selection.selectionSet)
            : measureFragment(selection.name.value)
      total = {
        depth: Math.max(total.depth, one.depth),
        cost: total.cost + one.cost,
        aliases: total.aliases + one.aliases,
      }
      if (total.cost > limits.cost && total.aliases > limits.aliases) break
    }
    return total
  }
  return measureSet(operation.selectionSet)
}

function pageSizeOf(field: FieldNode): number {
  const first = field.arguments?.find(({ name }) => name.value === 'first')?.value
  if (first === undefined) return connectionFields.has(field.name.value) ? 50 : 1
  return first.kind === Kind.INT ? Math.max(1, Number(first.value)) : unknownPageSize
}

/** Relations that are pages of 50 where no size is given. */
const connectionFields = new Set(['dependents', 'pods', 'events', 'history', 'resources'])
