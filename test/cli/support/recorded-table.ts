import type { KindDefinition } from '../../../src/model/kind.ts'
import { kindNamed } from '../../../src/model/kinds.ts'
import type { Resource } from '../../../src/model/resource.ts'
import { clusterObjectNamed, objectNamed } from '../../support/objects.ts'

/** A command and what the documentation says that it prints. */
export interface Transcript {
  readonly file: string
  readonly line: number
  readonly command: string
  readonly output: string
}

/** A table that `kubectl get` printed of objects of one of our kinds. */
export interface RecordedTable {
  readonly command: string
  readonly definition: KindDefinition
  readonly isWide: boolean
  readonly labelColumns: readonly string[]
  readonly showsLabels: boolean
  readonly header: readonly string[]
  readonly rows: readonly Cells[]
}

type Cells = Readonly<Record<string, string>>

/** Reads what a transcript prints, where it is a table of ours. Rows that were shortened by hand are left out. */
export function readTable({ command, output }: Transcript): RecordedTable | undefined {
  const words = command.split('\n').at(-1)?.split(/\s+/) ?? []
  const [kubectl, get, ...args] = words
  const target = args.find((word) => !word.startsWith('-'))
  const definition = target === undefined ? undefined : kindNamed(target.split('/')[0] ?? '')
  const [header = [], ...rows] = output.split('\n').map(cellsOf)
  const isShortened = header.includes('...') || command.includes('custom-columns') || command.includes('server-print')
  if (kubectl !== 'kubectl' || get !== 'get' || definition === undefined) return undefined
  if (!header[0]?.startsWith('NAME') || isShortened) return undefined
  return {
    command,
    definition,
    isWide: /(-o|--output)[= ]?wide/.test(command),
    labelColumns: args.flatMap((word) => /^-L(.+)$/.exec(word)?.[1] ?? []),
    showsLabels: args.includes('--show-labels'),
    header,
    rows: rows
      .filter((cells) => cells.length === header.length && cells[0] !== header[0] && !cells.join().includes('...'))
      .map((cells) => Object.fromEntries(cells.map((cell, index) => [header[index] ?? '', cell]))),
  }
}

/** An object whose row has these cells. */
export function objectWithCells({ kind }: KindDefinition, cells: Cells, labelColumns: readonly string[]): Resource {
  const { NAME: name = '' } = cells
  const labels = { ...labelsOf(cells['LABELS']), ...labelsIn(cells, labelColumns) }
  const metadata = { labels, namespace: cells['NAMESPACE'] ?? 'default' }
  switch (kind) {
    case 'Pod':
      return podWithCells(name, cells, metadata)
    case 'Node':
      return nodeWithCells(name, cells, labels)
    case 'Namespace':
      return clusterObjectNamed(kind, name, { metadata: { labels }, status: { phase: cells['STATUS'] } })
    default:
      return objectNamed(kind, name, {
        metadata,
        spec: { replicas: Number(cells['DESIRED']) },
        status: { replicas: Number(cells['CURRENT']), readyReplicas: Number(cells['READY']) },
      })
  }
}

/** A pod that would be called so: its phase, or what one of its containers waits for. */
function podWithCells(name: string, cells: Cells, metadata: Partial<Resource['metadata']>): Resource {
  const status = cells['STATUS'] ?? ''
  const [ready = 0, total = 0] = (cells['READY'] ?? '').split('/').map(Number)
  const init = /^Init:(\d+)\/(\d+)$/.exec(status)
  const isPhase = ['Pending', 'Running', 'Succeeded', 'Failed'].includes(status)
  const isWord = ['Terminating', 'SchedulingGated'].includes(status) || init !== null
  const waiting = isPhase || isWord ? {} : { waiting: { reason: status } }
  return objectNamed('Pod', name, {
    metadata: { ...metadata, ...(status === 'Terminating' && { deletionTimestamp: '2026-01-01T00:00:00Z' }) },
    spec: {
      containers: Array.from({ length: total }, (_, index) => ({ name: `c-${index}` })),
      initContainers: Array.from({ length: Number(init?.[2] ?? 0) }, (_, index) => ({ name: `i-${index}` })),
      nodeName: cells['NODE'],
    },
    status: {
      phase: isPhase ? status : 'Running',
      podIP: cells['IP'],
      conditions: status === 'SchedulingGated' ? [{ type: 'PodScheduled', status: 'False', reason: status }] : [],
      initContainerStatuses: init === null ? [] : [{ name: 'i-0', ready: false, restartCount: 0, state: {} }],
      containerStatuses: Array.from({ length: total }, (_, index) => ({
        name: `c-${index}`,
        ready: index < ready,
        restartCount: index === 0 ? Number.parseInt(cells['RESTARTS'] ?? '', 10) : 0,
        state: index < ready ? { running: {} } : waiting,
      })),
    },
  })
}

function nodeWithCells(name: string, cells: Cells, labels: Readonly<Record<string, string>>): Resource {
  const [ready = '', ...words] = (cells['STATUS'] ?? '').split(',')
  const roles = (cells['ROLES'] ?? '').split(',').filter((role) => role !== '<none>')
  return clusterObjectNamed('Node', name, {
    metadata: {
      labels: { ...labels, ...Object.fromEntries(roles.map((role) => [`node-role.kubernetes.io/${role}`, ''])) },
    },
    spec: { unschedulable: words.includes('SchedulingDisabled') },
    status: {
      conditions: ready === 'Unknown' ? [] : [{ type: 'Ready', status: ready === 'Ready' ? 'True' : 'False' }],
      nodeInfo: { kubeletVersion: cells['VERSION'] },
    },
  })
}

function cellsOf(line: string): string[] {
  const text = line.trim()
  return text === '' ? [] : text.split(/\s{2,}|\t/)
}

function labelsOf(text: string | undefined): Record<string, string> {
  const pairs = (text ?? '').split(',').filter((pair) => pair.includes('='))
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]))
}

function labelsIn(cells: Cells, keys: readonly string[]): Record<string, string> {
  const given = keys.map((key) => [key, cells[key.toUpperCase()] ?? '<none>'] as const)
  return Object.fromEntries(given.filter(([, value]) => value !== '<none>'))
}
