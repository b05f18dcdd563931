/** One bad operation, and how it is refused. */
export interface Row {
  /** What is wrong, in words. */
  readonly says: string
  readonly document: string
  /** An object, or its text where nothing else could write it. */
  readonly variables?: Readonly<Record<string, unknown>> | string
  /** Default: INVALID. */
  readonly code?: string
  /** The fields of the causes, in their order; of a document that is at fault there are none. */
  readonly fields: readonly string[]
  /** What the message contains. */
  readonly message: string
  /** How many causes are left out. */
  readonly leftOut?: number
}

const applying = 'mutation ($manifests: String!) { apply(manifests: $manifests) { applied { action } } }'

/** A bad text of manifests, as a row: that of `apply`. */
export function manifestRow(says: string, manifests: string, fields: readonly string[], message: string): Row {
  return { says, document: applying, variables: { manifests }, fields, message }
}

const creating = 'mutation ($input: PodInput!) { createPod(input: $input) { name } }'

/** A bad pod, as a row: that of `createPod`. */
export function podRow(says: string, input: object, fields: readonly string[], message: string): Row {
  return { says, document: creating, variables: { input }, fields, message }
}

/** A list of some length. */
export function times<Item>(count: number, item: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => item(index))
}

/** A text of JSON that is nested so deep. */
export function listOfLists(levels: number): string {
  return `${'['.repeat(levels)}${']'.repeat(levels)}`
}

/** Variables of one name, whose value is nested so deep. */
export function nestedIn(name: string, levels: number): string {
  return `{${JSON.stringify(name)}:${listOfLists(levels)}}`
}

/** What is sent of an operation, as JSON. */
export function payloadOf({ document, variables = {} }: Row): string {
  const text = typeof variables === 'string' ? variables : JSON.stringify(variables)
  return `{"query":${JSON.stringify(document)},"variables":${text}}`
}
