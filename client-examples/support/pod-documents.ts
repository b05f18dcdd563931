import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { parse } from 'graphql'
import type { schema } from 'myriad/client'

// Documents that bring their types, which Apollo Client, urql and the client of Myriad take alike. A project with many has
// them made from schema/schema.graphql, by graphql-codegen or gql.tada.

/** What is selected of a pod. */
export interface PodView {
  readonly id: string
  readonly name: string
  readonly status?: Pick<schema.PodStatus, 'phase'> | null
}

/** The pods that are there, and the place of the log at which they were read. */
export const podsDocument: TypedDocumentNode<{
  readonly pods: { readonly resourceVersion: string; readonly nodes: readonly PodView[] }
}> = parse(`query Pods {
  pods(first: 500) { resourceVersion nodes { id name status { phase } } }
}`)

/** What happens to pods behind that place. */
export const podEventsDocument: TypedDocumentNode<{ readonly podEvents: PodEventView }, { readonly after: string }> =
  parse(`subscription PodEvents($after: ResourceVersion!) {
  podEvents(after: $after) { type resourceVersion pod { id name status { phase } } }
}`)

/** What has become of a pod; a bookmark only says how far the log was read. */
export interface PodEventView {
  readonly type: schema.EventType
  readonly resourceVersion: string
  readonly pod?: PodView | null
}
