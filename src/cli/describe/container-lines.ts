import type { Container } from '../../model/kinds/pod/container.ts'
import type { ContainerState, ContainerStatus } from '../../model/kinds/pod/container-status.ts'
import { metadataField } from '../../model/metadata-field.ts'
import type { ObjectMeta } from '../../model/resource.ts'
import { indent, listLines, timeText } from './description.ts'
import { probeText } from './probe-text.ts'

/** What is known of the pod that containers are in; a template has none. */
export interface ContainersOfPod {
  readonly metadata: ObjectMeta
  readonly statuses: readonly ContainerStatus[]
}

/** A part of the description of a pod or a template: its containers, with their states where there are any. */
export function containerSection(
  title: string,
  containers: readonly Container[] | undefined,
  pod?: ContainersOfPod,
): string[] {
  if (containers === undefined || containers.length === 0) return []
  const lines = containers.flatMap((container) => [`${container.name}:`, ...indent(containerLines(container, pod))])
  return [`${title}:`, ...indent(lines)]
}

function containerLines(container: Container, pod: ContainersOfPod | undefined): string[] {
  const status = pod?.statuses.find(({ name }) => name === container.name)
  const ports = container.ports ?? []
  return [
    ...(status === undefined ? [] : [`Container ID:\t${status.containerID ?? ''}`]),
    `Image:\t${container.image ?? ''}`,
    ...(status === undefined ? [] : [`Image ID:\t${status.imageID ?? ''}`]),
    `Port${ports.length > 1 ? 's' : ''}:\t${ports.map(({ containerPort, protocol }) => `${containerPort}/${protocol}`).join(', ') || '<none>'}`,
    `Host Port${ports.length > 1 ? 's' : ''}:\t${ports.map(({ hostPort, protocol }) => `${hostPort ?? 0}/${protocol}`).join(', ') || '<none>'}`,
    ...wordLines('Command', container.command),
    ...wordLines('Args', container.args),
    ...(status === undefined ? [] : statusLines(status)),
    ...amountLines('Limits', container.resources?.limits),
    ...amountLines('Requests', container.resources?.requests),
    ...(container.livenessProbe === undefined ? [] : [`Liveness:\t${probeText(container.livenessProbe)}`]),
    ...(container.readinessProbe === undefined ? [] : [`Readiness:\t${probeText(container.readinessProbe)}`]),
    ...(container.startupProbe === undefined ? [] : [`Startup:\t${probeText(container.startupProbe)}`]),
    ...sourceLines(container),
    ...environmentLines(container, pod?.metadata),
    ...mountLines(container),
  ]
}

function wordLines(title: string, words: readonly string[] | undefined): string[] {
  if (words === undefined || words.length === 0) return []
  return [`${title}:`, ...indent(words.flatMap((word) => word.split('\n')))]
}

function statusLines({ state, lastState, ready, restartCount }: ContainerStatus): string[] {
  return [
    ...stateLines('State', state),
    ...(lastState?.terminated === undefined ? [] : stateLines('Last State', lastState)),
    `Ready:\t${ready ? 'True' : 'False'}`,
    `Restart Count:\t${restartCount}`,
  ]
}

function stateLines(title: string, state: ContainerState | undefined): string[] {
  if (state?.running !== undefined) {
    return [`${title}:\tRunning`, `  Started:\t${timeText(state.running.startedAt)}`]
  }
  if (state?.terminated !== undefined) {
    const { reason, message, exitCode, signal, startedAt, finishedAt } = state.terminated
    return [
      `${title}:\tTerminated`,
      ...(reason ? [`  Reason:\t${reason}`] : []),
      ...(message ? listLines('  Message', [message.trimEnd()]) : []),
      `  Exit Code:\t${exitCode}`,
      ...(signal ? [`  Signal:\t${signal}`] : []),
      `  Started:\t${timeText(startedAt)}`,
      `  Finished:\t${timeText(finishedAt)}`,
    ]
  }
  const { reason, message } = state?.waiting ?? {}
  return [
    `${title}:\tWaiting`,
    ...(reason ? [`  Reason:\t${reason}`] : []),
    ...(message ? listLines('  Message', [message.trimEnd()]) : []),
  ]
}

function amountLines(title: string, amounts: Readonly<Record<string, string>> | undefined): string[] {
  const entries = Object.entries(amounts ?? {}).toSorted(([left], [right]) => (left < right ? -1 : 1))
  return entries.length === 0 ? [] : [`${title}:`, ...entries.map(([name, amount]) => `  ${name}:\t${amount}`)]
}

function sourceLines({ envFrom = [] }: Container): string[] {
  if (envFrom.length === 0) return []
  const lines = envFrom.map(({ prefix, configMapRef, secretRef }) => {
    const [kind, source] = configMapRef === undefined ? ['Secret', secretRef] : ['ConfigMap', configMapRef]
    const withPrefix = prefix ? ` with prefix '${prefix}'` : ''
    return `${source?.name ?? ''}\t${kind}${withPrefix}\tOptional: ${String(source?.optional ?? false)}`
  })
  return ['Environment Variables from:', ...indent(lines)]
}

function environmentLines({ env = [] }: Container, metadata: ObjectMeta | undefined): string[] {
  if (env.length === 0) return ['Environment:\t<none>']
  const lines = env.flatMap((variable) => listLines(variable.name, [variableText(variable, metadata)]))
  return ['Environment:', ...indent(lines)]
}

/** What a variable is, as far as the pod says it: fields of its metadata are told with their values. */
function variableText(
  { value, valueFrom }: NonNullable<Container['env']>[number],
  metadata: ObjectMeta | undefined,
): string {
  if (valueFrom === undefined) return value ?? ''
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef, fileKeyRef } = valueFrom
  if (fieldRef !== undefined) {
    const told = metadata && metadataField(fieldRef.fieldPath, metadata)
    return `${told ?? ''} (${fieldRef.apiVersion}:${fieldRef.fieldPath})`
  }
  if (resourceFieldRef !== undefined) return ` (${resourceFieldRef.resource})`
  if (fileKeyRef !== undefined) return `<set to the variable '${fileKeyRef.key}' of the file '${fileKeyRef.path}'>`
  const [reference, place] =
    secretKeyRef === undefined ? [configMapKeyRef, 'of config map'] : [secretKeyRef, 'in secret']
  const optional = `Optional: ${String(reference?.optional ?? false)}`
  return `<set to the key '${reference?.key ?? ''}' ${place} '${reference?.name ?? ''}'>  ${optional}`
}

function mountLines({ volumeMounts = [] }: Container): string[] {
  if (volumeMounts.length === 0) return ['Mounts:\t<none>']
  const lines = volumeMounts
    .map(({ mountPath, name, readOnly, subPath }) => {
      const flags = [readOnly === true ? 'ro' : 'rw', ...(subPath ? [`path="${subPath}"`] : [])]
      return `${mountPath} from ${name} (${flags.join(',')})`
    })
    .toSorted()
  return ['Mounts:', ...indent(lines)]
}
