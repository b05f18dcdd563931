import { indent, type Lines, listLines } from './description.ts'

/** What the scheduler says of a pod, as the server tells it. */
export interface Scheduling {
  readonly pending: boolean
  readonly message: string | null
  readonly nodeCount: number
  readonly feasibleNodeCount: number
  readonly filters: readonly {
    readonly filter: string
    readonly nodes: number
    readonly help: string
    readonly reasons: readonly { readonly reason: string; readonly nodes: number }[]
  }[]
  readonly nodes: readonly {
    readonly node: string
    readonly rejections: readonly { readonly filter: string; readonly reasons: readonly string[] }[]
  }[]
}

/** What is asked of a pod to be told so. */
export const schedulingFields =
  'pending message nodeCount feasibleNodeCount filters { filter nodes help reasons { reason nodes } } ' +
  'nodes(first: 5, feasible: false) { node rejections { filter reasons } }'

/** Why a pod waits: the sentence, which filters turn how many machines down, what would help, and some of the machines. */
export function schedulingLines({ message, nodeCount, feasibleNodeCount, filters, nodes }: Scheduling): Lines {
  return [
    'Scheduling:',
    ...indent([
      `Message:\t${message ?? 'it has not been looked at yet'}`,
      `Nodes:\t${nodeCount} looked at, ${feasibleNodeCount} of them fit`,
      ...filters.flatMap((filter) => filterLines(filter, nodeCount)),
      ...(nodes.length === 0 ? [] : ['For example:', ...indent(nodes.map(nodeLine))]),
    ]),
  ]
}

function filterLines({ filter, nodes, help, reasons }: Scheduling['filters'][number], nodeCount: number): string[] {
  return [
    `${filter}:\t${nodes} of ${nodeCount} turned down`,
    ...indent(
      listLines(
        'Why',
        reasons.map((one) => `${one.reason} (${one.nodes})`),
      ),
    ),
    ...indent(listLines('To unblock', [help])),
  ]
}

function nodeLine({ node, rejections }: Scheduling['nodes'][number]): string {
  return `${node}:\t${rejections.map(({ filter, reasons }) => `${filter}: ${reasons.join(', ')}`).join('; ')}`
}
