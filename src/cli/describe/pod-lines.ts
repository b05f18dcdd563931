import type { PodSpec } from '../../model/kinds/pod/pod-spec.ts'
import { qosClassOf } from '../../model/kinds/pod/qos-class.ts'
import type { Pod } from '../../model/kinds/pod.ts'
import { controllerOf } from '../../model/resource.ts'
import { containerSection } from './container-lines.ts'
import {
  conditionLines,
  headLines,
  indent,
  type Lines,
  labelLines,
  listLines,
  mapLines,
  timeText,
} from './description.ts'
import { type Scheduling, schedulingLines } from './scheduling-lines.ts'
import { volumeLines } from './volume-lines.ts'

/** A pod as kubectl describes it, and where it waits for a machine, why. */
export function podLines(pod: Pod, scheduling: Scheduling | null): Lines {
  const { metadata, spec, status } = pod
  const owner = controllerOf(pod)
  return [
    ...headLines(pod),
    ...(spec.priority === undefined ? [] : [`Priority:\t${spec.priority}`]),
    ...(spec.priorityClassName ? [`Priority Class Name:\t${spec.priorityClassName}`] : []),
    ...(spec.serviceAccountName ? [`Service Account:\t${spec.serviceAccountName}`] : []),
    `Node:\t${spec.nodeName ? `${spec.nodeName}/${status?.hostIP ?? ''}` : '<none>'}`,
    ...(status?.startTime === undefined ? [] : [`Start Time:\t${timeText(status.startTime)}`]),
    ...labelLines(pod),
    ...phaseLines(pod),
    ...addressLines(pod),
    ...(owner === undefined ? [] : [`Controlled By:\t${owner.kind}/${owner.name}`]),
    ...(status?.nominatedNodeName ? [`NominatedNodeName:\t${status.nominatedNodeName}`] : []),
    ...containerSection('Init Containers', spec.initContainers, {
      metadata,
      statuses: status?.initContainerStatuses ?? [],
    }),
    ...containerSection('Containers', spec.containers, { metadata, statuses: status?.containerStatuses ?? [] }),
    ...conditionLines(status?.conditions),
    ...volumeLines(spec.volumes),
    ...placementLines(pod),
    ...(scheduling?.pending === true ? schedulingLines(scheduling) : []),
  ]
}

/** The template of a set that makes pods, further to the right. */
export function templateLines({
  metadata,
  spec,
}: {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> | undefined } | undefined
  readonly spec: PodSpec
}): Lines {
  const selector = mapLines('Node-Selectors', spec.nodeSelector)
  return [
    'Pod Template:',
    ...indent([
      ...mapLines('Labels', metadata?.labels),
      ...containerSection('Init Containers', spec.initContainers),
      ...containerSection('Containers', spec.containers),
      ...volumeLines(spec.volumes),
      ...selector,
      ...listLines('Tolerations', (spec.tolerations ?? []).map(tolerationText)),
    ]),
  ]
}

function phaseLines({ metadata, status }: Pod): string[] {
  const { deletionTimestamp, deletionGracePeriodSeconds } = metadata
  const phase =
    deletionTimestamp === undefined
      ? [`Status:\t${status?.phase ?? ''}`]
      : [
          `Status:\tTerminating (ends by ${timeText(deletionTimestamp)})`,
          `Termination Grace Period:\t${deletionGracePeriodSeconds ?? 0}s`,
        ]
  return [
    ...phase,
    ...(status?.reason ? [`Reason:\t${status.reason}`] : []),
    ...(status?.message ? listLines('Message', [status.message]) : []),
  ]
}

function addressLines({ status }: Pod): string[] {
  const ips = (status?.podIPs ?? []).map(({ ip }) => `IP:\t${ip ?? ''}`)
  return [`IP:\t${status?.podIP ?? ''}`, ...(ips.length === 0 ? ['IPs:\t<none>'] : ['IPs:', ...indent(ips)])]
}

function placementLines({ spec, status }: Pod): string[] {
  return [
    `QoS Class:\t${status?.qosClass ?? qosClassOf(spec)}`,
    ...mapLines('Node-Selectors', spec.nodeSelector),
    ...listLines('Tolerations', (spec.tolerations ?? []).map(tolerationText)),
  ]
}

/** `key=value:NoExecute op=Exists for 300s`, as kubectl has it. */
function tolerationText({ key = '', value = '', effect, operator, tolerationSeconds }: Toleration): string {
  return [
    `${key}${value === '' ? '' : `=${value}`}${effect === undefined ? '' : `:${effect}`}`,
    ...(operator === 'Exists' && value === '' ? ['op=Exists'] : []),
    ...(tolerationSeconds === undefined ? [] : [`for ${tolerationSeconds}s`]),
  ]
    .filter((word) => word !== '')
    .join(' ')
}

type Toleration = NonNullable<PodSpec['tolerations']>[number]
