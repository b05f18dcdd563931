import type { Door } from '../../src/agent/door.ts'
import type { Api } from './api.ts'

/** The door of an agent, straight into the API. */
export function doorTo(api: Api): Door {
  const ask = async (document: string, variables: Readonly<Record<string, unknown>>): Promise<never> => {
    const { data, errors } = await api.ask<{ it: never }>(document, variables, 'agent')
    if (data == null) throw new Error(JSON.stringify(errors))
    return data.it
  }
  const left = new AbortController()
  return {
    registerNodes: (nodes) =>
      ask('mutation ($nodes: [JSON!]!) { it: registerClusterNodes(nodes: $nodes) { count failed { name message } } }', {
        nodes,
      }),
    renewLeases: (nodeNames, seconds) =>
      ask(
        'mutation ($nodeNames: [String!]!, $seconds: Int!) { it: renewLeases(nodeNames: $nodeNames, leaseDurationSeconds: $seconds) }',
        { nodeNames, seconds },
      ),
    reportPodStatuses: (reports) =>
      ask(
        'mutation ($reports: [PodStatusReport!]!) { it: reportPodStatuses(reports: $reports) { uid result message } }',
        { reports },
      ),
    reportEvents: () => Promise.resolve(0),
    assignments: (nodeNames) => api.assignments.follow(nodeNames, left.signal) as never,
    logRequests: (nodeNames) => api.logs.listen(nodeNames, left.signal) as never,
    openLogChannel: () => ({ send: (piece) => api.logs.send({ ...piece, error: undefined }), close: () => undefined }),
    close: () => left.abort(),
  }
}
