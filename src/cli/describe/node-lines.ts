import { formatAge } from '../../model/duration.ts'
import type { Node } from '../../model/kinds/node.ts'
import { rolesOf } from '../../model/kinds/node-columns.ts'
import { aggregateAmounts } from '../../model/kinds/pod/pod-resources.ts'
import type { Pod } from '../../model/kinds/pod.ts'
import { addQuantities, formatQuantity, parseQuantity, quantityMilliValue } from '../../model/quantity.ts'
import { headLines, indent, type Lines, labelLines, listLines, ruledTable, section, timeText } from './description.ts'

type Amounts = Readonly<Record<string, string>>

/** A machine as kubectl describes it, with the pods on it and what of it is taken. `now` is in milliseconds. */
export function nodeLines(node: Node, pods: readonly Pod[], now: number): Lines {
  const { spec, status } = node
  const running = pods.filter((pod) => pod.status?.phase !== 'Succeeded' && pod.status?.phase !== 'Failed')
  return [
    ...headLines(node),
    `Roles:\t${rolesOf(node)}`,
    ...labelLines(node),
    `CreationTimestamp:\t${timeText(node.metadata.creationTimestamp)}`,
    ...listLines('Taints', (spec?.taints ?? []).map(taintText)),
    `Unschedulable:\t${String(spec?.unschedulable ?? false)}`,
    ...conditionTable(node),
    ...section(
      'Addresses',
      (status?.addresses ?? []).map(({ type, address }) => `${type}:\t${address}`),
    ),
    ...section('Capacity', amountLines(status?.capacity)),
    ...section('Allocatable', amountLines(status?.allocatable)),
    ...systemLines(node),
    ...(spec?.podCIDR ? [`PodCIDR:\t${spec.podCIDR}`, `PodCIDRs:\t${(spec.podCIDRs ?? []).join(',')}`] : []),
    ...(spec?.providerID ? [`ProviderID:\t${spec.providerID}`] : []),
    ...podTable(node, running, now),
    ...allocatedTable(node, running),
  ]
}

function taintText({ key, value, effect }: NonNullable<NonNullable<Node['spec']>['taints']>[number]): string {
  return `${key}${value ? `=${value}` : ''}:${effect}`
}

function conditionTable({ status }: Node): string[] {
  const header = ['Type', 'Status', 'LastHeartbeatTime', 'LastTransitionTime', 'Reason', 'Message']
  const rows = (status?.conditions ?? []).map((condition) => [
    condition.type,
    condition.status,
    timeText(condition.lastHeartbeatTime),
    timeText(condition.lastTransitionTime),
    condition.reason ?? '',
    condition.message ?? '',
  ])
  return rows.length === 0 ? [] : ['Conditions:', ...indent(ruledTable(header, rows))]
}

function amountLines(amounts: Amounts | undefined): string[] {
  const entries = Object.entries(amounts ?? {}).toSorted(([left], [right]) => (left < right ? -1 : 1))
  return entries.map(([name, amount]) => `${name}:\t${amount}`)
}

function systemLines({ status }: Node): string[] {
  const info = status?.nodeInfo
  if (info === undefined) return []
  return section('System Info', [
    `Machine ID:\t${info.machineID ?? ''}`,
    `System UUID:\t${info.systemUUID ?? ''}`,
    `Boot ID:\t${info.bootID ?? ''}`,
    `Kernel Version:\t${info.kernelVersion ?? ''}`,
    `OS Image:\t${info.osImage ?? ''}`,
    `Operating System:\t${info.operatingSystem ?? ''}`,
    `Architecture:\t${info.architecture ?? ''}`,
    `Container Runtime Version:\t${info.containerRuntimeVersion ?? ''}`,
    `Kubelet Version:\t${info.kubeletVersion ?? ''}`,
  ])
}

function podTable(node: Node, pods: readonly Pod[], now: number): string[] {
  const header = ['Namespace', 'Name', 'CPU Requests', 'CPU Limits', 'Memory Requests', 'Memory Limits', 'Age']
  const title = `Non-terminated Pods:\t(${pods.length} in total)`
  if (pods.length === 0) return [title]
  const rows = pods.map((pod) => {
    const [requests, limits] = [aggregateAmounts(pod.spec, 'requests'), aggregateAmounts(pod.spec, 'limits')]
    return [
      pod.metadata.namespace ?? '',
      pod.metadata.name,
      shareOf(node, 'cpu', requests),
      shareOf(node, 'cpu', limits),
      shareOf(node, 'memory', requests),
      shareOf(node, 'memory', limits),
      formatAge(pod.metadata.creationTimestamp, now),
    ]
  })
  return [title, ...indent(ruledTable(header, rows))]
}

function allocatedTable(node: Node, pods: readonly Pod[]): string[] {
  const [requests, limits] = [sumOf(pods, 'requests'), sumOf(pods, 'limits')]
  const plain = ['cpu', 'memory', 'ephemeral-storage']
  const others = Object.keys(node.status?.allocatable ?? {}).filter((name) => !plain.includes(name) && name !== 'pods')
  const rows = [...plain, ...others.toSorted()].map((name) => [
    name,
    shareOf(node, name, requests),
    shareOf(node, name, limits),
  ])
  return [
    'Allocated resources:',
    '  (Total limits may be over 100 percent, i.e., overcommitted.)',
    ...indent(ruledTable(['Resource', 'Requests', 'Limits'], rows)),
  ]
}

function sumOf(pods: readonly Pod[], kind: 'requests' | 'limits'): Amounts {
  const sums: Record<string, string> = {}
  for (const { spec } of pods) {
    for (const [name, amount] of Object.entries(aggregateAmounts(spec, kind))) {
      const [left, right] = [parseQuantity(sums[name] ?? '0'), parseQuantity(amount)]
      // A sum is written as its last part was, so that memory stays in Mi.
      if (left !== null && right !== null) {
        sums[name] = formatQuantity({ ...addQuantities(right, left), format: right.format })
      }
    }
  }
  return sums
}

/** `100m (5%)`: an amount, and which part it is of what pods may use of the machine. */
function shareOf({ status }: Node, name: string, amounts: Amounts): string {
  const amount = amounts[name] ?? '0'
  const whole = quantityMilliValue(status?.allocatable?.[name])
  const percent = whole === 0 ? 0 : Math.trunc((quantityMilliValue(amount) / whole) * 100)
  return `${amount} (${percent}%)`
}
