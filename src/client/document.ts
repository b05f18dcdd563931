/**
 * A document that knows the types of its variables and its data: what graphql-codegen makes (`TypedDocumentNode` as well as
 * `TypedDocumentString`), and gql.tada.
 */
export interface TypedDocument<Data, DocumentVariables> {
  readonly __apiType?: ((variables: DocumentVariables) => Data) | undefined
}

/** Variables of a GraphQL document by name, without the dollar sign. */
export type Variables = Readonly<Record<string, unknown>>

/** The arguments that follow a typed document: its variables may be left out when none of them is required. */
export type VariablesFirst<DocumentVariables, Options> = object extends DocumentVariables
  ? [variables?: DocumentVariables, options?: Options]
  : [variables: DocumentVariables, options?: Options]

/** Anything that stands for a document. */
export type AnyDocument = string | TypedDocument<unknown, never>

const printed = new WeakMap<object, string>()

/** The text of a document. One that is a syntax tree is printed by graphql, which is loaded for that. */
export async function textOf(document: AnyDocument): Promise<string> {
  if (typeof document === 'string') return document
  // What codegen makes of a document as text is an object of a class that extends String.
  if (!('kind' in document)) return (document as { valueOf(): unknown }).valueOf() as string
  let text = printed.get(document)
  if (text === undefined) {
    const { print } = await import('graphql/language/printer.js')
    printed.set(document, (text = print(document as Parameters<typeof print>[0])))
  }
  return text
}
