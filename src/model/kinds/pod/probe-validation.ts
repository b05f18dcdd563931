import type { Cause } from '../../errors.ts'
import { forbiddenFault, invalidFault, negativeFaults, requiredFault, ruleFaults } from '../../fault.ts'
import { httpHeaderNameFaults, portNameFaults, portNumberFaults } from '../../names.ts'
import type { Container } from './container.ts'
import type { LifecycleHandler, Probe } from './probe.ts'

type Probes = Pick<Container, 'livenessProbe' | 'readinessProbe' | 'startupProbe' | 'lifecycle'>
type Handler = Pick<Probe & LifecycleHandler, 'exec' | 'httpGet' | 'tcpSocket' | 'grpc' | 'sleep'>

/** The faults of the probes and the lifecycle of a container that runs beside the others. */
export function validateProbes(container: Probes, path: string, gracePeriod: number | undefined): Cause[] {
  const { livenessProbe, readinessProbe, startupProbe, lifecycle } = container
  const { postStart, preStop } = lifecycle ?? {}
  return [
    ...(postStart ? validateHandler(postStart, `${path}.lifecycle.postStart`, gracePeriod) : []),
    ...(preStop ? validateHandler(preStop, `${path}.lifecycle.preStop`, gracePeriod) : []),
    ...(livenessProbe ? validateOneSuccess(livenessProbe, `${path}.livenessProbe`) : []),
    ...(readinessProbe ? validateReadiness(readinessProbe, `${path}.readinessProbe`) : []),
    ...(startupProbe ? validateOneSuccess(startupProbe, `${path}.startupProbe`) : []),
  ]
}

/** The faults of having probes or a lifecycle where they may not be. */
export function forbidProbes(container: Probes, path: string, detail: string): Cause[] {
  const fields = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const
  return fields.flatMap((field) => (container[field] === undefined ? [] : [forbiddenFault(`${path}.${field}`, detail)]))
}

function validateOneSuccess(probe: Probe, path: string): Cause[] {
  const { successThreshold } = probe
  return [
    ...validateProbe(probe, path),
    ...(successThreshold === 1 ? [] : [invalidFault(`${path}.successThreshold`, successThreshold, 'must be 1')]),
  ]
}

function validateReadiness(probe: Probe, path: string): Cause[] {
  const seconds = probe.terminationGracePeriodSeconds
  if (seconds === undefined) return validateProbe(probe, path)
  const field = `${path}.terminationGracePeriodSeconds`
  return [...validateProbe(probe, path), invalidFault(field, seconds, 'must not be set for readinessProbes')]
}

function validateProbe(probe: Probe, path: string): Cause[] {
  const seconds = probe.terminationGracePeriodSeconds
  return [
    ...validateHandler(probe, path, undefined),
    ...negativeFaults(`${path}.initialDelaySeconds`, probe.initialDelaySeconds),
    ...negativeFaults(`${path}.timeoutSeconds`, probe.timeoutSeconds),
    ...negativeFaults(`${path}.periodSeconds`, probe.periodSeconds),
    ...negativeFaults(`${path}.successThreshold`, probe.successThreshold),
    ...negativeFaults(`${path}.failureThreshold`, probe.failureThreshold),
    ...(seconds !== undefined && seconds <= 0
      ? [invalidFault(`${path}.terminationGracePeriodSeconds`, seconds, 'must be greater than 0')]
      : []),
  ]
}

/** Exactly one handler, and that one right. */
function validateHandler(handler: Handler, path: string, gracePeriod: number | undefined): Cause[] {
  const fields = (['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'] as const).filter((field) => handler[field])
  const [first, ...more] = fields
  if (first === undefined) return [requiredFault(path, 'must specify a handler type')]
  return [
    ...validateOne(handler, first, `${path}.${first}`, gracePeriod),
    ...more.map((field) => forbiddenFault(`${path}.${field}`, 'may not specify more than 1 handler type')),
  ]
}

function validateOne(handler: Handler, field: keyof Handler, path: string, gracePeriod: number | undefined): Cause[] {
  const { exec, httpGet, tcpSocket, grpc, sleep } = handler
  if (field === 'exec') return exec?.command?.length ? [] : [requiredFault(`${path}.command`)]
  if (field === 'tcpSocket' && tcpSocket) return validatePort(tcpSocket.port, `${path}.port`)
  if (field === 'grpc' && grpc) return validatePort(grpc.port, `${path}.port`)
  if (field === 'sleep' && sleep) return validateSleep(sleep.seconds, path, gracePeriod)
  if (httpGet === undefined) return []
  return [
    ...validatePort(httpGet.port, `${path}.port`),
    ...(httpGet.httpHeaders ?? []).flatMap(({ name }) => ruleFaults(`${path}.httpHeaders`, name, httpHeaderNameFaults)),
  ]
}

function validatePort(port: string | number, path: string): Cause[] {
  return typeof port === 'number' ? ruleFaults(path, port, portNumberFaults) : ruleFaults(path, port, portNameFaults)
}

function validateSleep(seconds: number, path: string, gracePeriod: number | undefined): Cause[] {
  if (gracePeriod === undefined || (seconds >= 0 && seconds <= gracePeriod)) return []
  const detail = `must be non-negative and less than terminationGracePeriodSeconds (${gracePeriod})`
  return [invalidFault(path, seconds, detail)]
}
