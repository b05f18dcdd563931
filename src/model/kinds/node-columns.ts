import type { Column } from '../kind.ts'
import { ageColumn, column, nameColumn, none, wideColumn } from './column.ts'
import type { Node } from './node.ts'

const unknown = '<unknown>'
const rolePrefix = 'node-role.kubernetes.io/'
const roleLabel = 'kubernetes.io/role'

/** The table of nodes, as kubectl prints it. */
export const nodeColumns: readonly Column[] = [
  nameColumn,
  column<Node>('STATUS', statusOf),
  column<Node>('ROLES', rolesOf),
  ageColumn,
  column<Node>('VERSION', (node) => node.status?.nodeInfo?.kubeletVersion ?? ''),
  wideColumn<Node>('INTERNAL-IP', (node) => addressOf(node, 'InternalIP')),
  wideColumn<Node>('EXTERNAL-IP', (node) => addressOf(node, 'ExternalIP')),
  wideColumn<Node>('OS-IMAGE', (node) => node.status?.nodeInfo?.osImage || unknown),
  wideColumn<Node>('KERNEL-VERSION', (node) => node.status?.nodeInfo?.kernelVersion || unknown),
  wideColumn<Node>('CONTAINER-RUNTIME', (node) => node.status?.nodeInfo?.containerRuntimeVersion || unknown),
]

function statusOf(node: Node): string {
  const ready = node.status?.conditions?.findLast((condition) => condition.type === 'Ready')
  const words = [ready === undefined ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady']
  if (node.spec?.unschedulable === true) words.push('SchedulingDisabled')
  return words.join(',')
}

/** The roles of a node by its labels, in order and separated by commas; `<none>` where it has none. */
export function rolesOf(node: Node): string {
  const roles = Object.entries(node.metadata.labels ?? {}).flatMap(([key, value]) => {
    if (key.startsWith(rolePrefix)) return key.slice(rolePrefix.length)
    return key === roleLabel ? value : ''
  })
  const names = [...new Set(roles.filter((role) => role !== ''))].toSorted()
  return names.length === 0 ? none : names.join(',')
}

function addressOf(node: Node, type: string): string {
  return node.status?.addresses?.find((address) => address.type === type)?.address ?? none
}
