import type { Cause } from '../../errors.ts'
import {
  duplicateFault,
  duplicateFaults,
  each,
  forbiddenFault,
  invalidFault,
  notFoundFault,
  optionalTextFaults,
  requiredFault,
  requiredTextFaults,
  ruleFaults,
  unsupportedFault,
} from '../../fault.ts'
import { dnsLabelFaults, portNameFaults, portNumberFaults } from '../../names.ts'
import type { Container, ContainerPort, EphemeralContainer } from './container.ts'
import { validateEnv, validateEnvFrom } from './environment-validation.ts'
import { type Volumes, validateHostPorts, validateMounts } from './mount-validation.ts'
import { isSidecar } from './pod-resources.ts'
import type { PodSpec } from './pod-spec.ts'
import { forbidProbes, validateProbes } from './probe-validation.ts'
import { validateResources } from './resource-validation.ts'
import { validateSecurityContext } from './security-context-validation.ts'

/** What the containers of a pod are held against. */
export interface ContainerSurroundings {
  readonly spec: PodSpec
  readonly volumes: Volumes
  /** Names of `spec.resourceClaims`. */
  readonly claims: ReadonlySet<string>
  /** Templates may have blanks around the names of images; pods may not. */
  readonly isPod: boolean
}

/** The faults of the containers that run together (Kubernetes `validateContainers`). */
export function validateContainers(around: ContainerSurroundings, path: string): Cause[] {
  const { containers, terminationGracePeriodSeconds } = around.spec
  if (containers.length === 0) return [requiredFault(path)]
  return [
    ...each(containers, path, (container, at) => [
      ...validateContainer(container, at, around),
      ...validateProbes(container, at, terminationGracePeriodSeconds),
      ...(container.restartPolicy === undefined
        ? []
        : [forbiddenFault(`${at}.restartPolicy`, 'may not be set for non-init containers')]),
    ]),
    ...duplicateFaults(
      containers,
      (container) => container.name,
      (index) => `${path}[${index}].name`,
    ),
    ...validateHostPorts(containers, path),
  ]
}

/** The faults of the containers that run first (Kubernetes `validateInitContainers`). */
export function validateInitContainers(around: ContainerSurroundings, path: string): Cause[] {
  const { containers, initContainers, terminationGracePeriodSeconds } = around.spec
  const taken = new Set(containers.map((container) => container.name))
  const notSidecar = 'may not be set for init containers without restartPolicy=Always'
  return each(initContainers, path, (container, at) => {
    const { name, restartPolicy } = container
    const isTaken = taken.has(name)
    if (name !== '') taken.add(name)
    return [
      ...validateContainer(container, at, around),
      ...(restartPolicy === undefined || restartPolicy === 'Always'
        ? []
        : [unsupportedFault(`${at}.restartPolicy`, restartPolicy, ['Always'])]),
      ...(isTaken ? [duplicateFault(`${at}.name`, name)] : []),
      ...validateHostPorts([container], path),
      ...(isSidecar(container)
        ? validateProbes(container, at, terminationGracePeriodSeconds)
        : forbidProbes(container, at, notSidecar)),
    ]
  })
}

/** The faults of containers that look into a running pod (Kubernetes `validateEphemeralContainers`). */
export function validateEphemeralContainers(around: ContainerSurroundings, path: string): Cause[] {
  const others = [...around.spec.containers, ...(around.spec.initContainers ?? [])].map((container) => container.name)
  const taken = new Set(others)
  return each(around.spec.ephemeralContainers, path, (container, at) => {
    const { name, targetContainerName } = container
    const isTaken = taken.has(name)
    taken.add(name)
    const isUnknown = targetContainerName && !others.includes(targetContainerName)
    return [
      ...validateContainer(container, at, around),
      ...(isTaken ? [duplicateFault(`${at}.name`, name)] : []),
      ...(isUnknown ? [notFoundFault(`${at}.targetContainerName`, targetContainerName)] : []),
      ...forbidForEphemeral(container, at),
    ]
  })
}

/** What is asked of every container (Kubernetes `validateContainerCommon`). */
function validateContainer(container: Container, path: string, around: ContainerSurroundings): Cause[] {
  const { name, image } = container
  const hasBlanks = around.isPod && image.trim() !== image
  return [
    ...requiredTextFaults(`${path}.name`, name, dnsLabelFaults),
    ...requiredTextFaults(`${path}.image`, image),
    ...(hasBlanks ? [invalidFault(`${path}.image`, image, 'must not have leading or trailing whitespace')] : []),
    ...validatePorts(container.ports, `${path}.ports`),
    ...validateEnv(container.env, `${path}.env`),
    ...validateEnvFrom(container.envFrom, `${path}.envFrom`),
    ...validateMounts(container, around.volumes, path),
    ...validateResources(container.resources, `${path}.resources`, around.claims),
    ...validateResizePolicy(container, `${path}.resizePolicy`, around.spec.restartPolicy),
    ...validateRestartRules(container, path),
    ...validateSecurityContext(container.securityContext, `${path}.securityContext`, around.spec.hostUsers !== false),
  ]
}

function validatePorts(ports: readonly ContainerPort[] | undefined, path: string): Cause[] {
  return [
    ...each(ports, path, ({ name, containerPort, hostPort }, at) => [
      ...optionalTextFaults(`${at}.name`, name, portNameFaults),
      ...(containerPort === 0
        ? [requiredFault(`${at}.containerPort`)]
        : ruleFaults(`${at}.containerPort`, containerPort, portNumberFaults)),
      ...(hostPort ? ruleFaults(`${at}.hostPort`, hostPort, portNumberFaults) : []),
    ]),
    ...duplicateFaults(
      ports,
      (port) => port.name,
      (index) => `${path}[${index}].name`,
    ),
  ]
}

function validateResizePolicy(container: Container, path: string, restartPolicy: string): Cause[] {
  const never = "must be 'NotRequired' when `restartPolicy` is 'Never'"
  return [
    ...each(container.resizePolicy, path, (policy) => [
      ...(policy.resourceName === 'cpu' || policy.resourceName === 'memory'
        ? []
        : [unsupportedFault(path, policy.resourceName, ['cpu', 'memory'])]),
      ...(restartPolicy === 'Never' && policy.restartPolicy !== 'NotRequired'
        ? [invalidFault(path, policy.restartPolicy, never)]
        : []),
    ]),
    ...duplicateFaults(
      container.resizePolicy,
      (policy) => policy.resourceName,
      (index) => `${path}[${index}]`,
    ),
  ]
}

function validateRestartRules({ restartPolicy, restartPolicyRules }: Container, path: string): Cause[] {
  if (!restartPolicyRules?.length) return []
  const missing = 'must specify restartPolicy when restart policy rules are used'
  return [
    ...(restartPolicy === undefined ? [requiredFault(`${path}.restartPolicy`, missing)] : []),
    ...each(restartPolicyRules, `${path}.restartPolicyRules`, ({ exitCodes }, at) =>
      exitCodes === undefined ? [requiredFault(`${at}.exitCodes`, 'must be specified')] : [],
    ),
  ]
}

function forbidForEphemeral(container: EphemeralContainer, path: string): Cause[] {
  const detail = 'cannot be set for an Ephemeral Container'
  const fields = ['ports', 'resources', 'resizePolicy', 'restartPolicy', 'restartPolicyRules'] as const
  return [
    ...forbidProbes(container, path, detail),
    ...fields.filter((field) => isSet(container[field])).map((field) => forbiddenFault(`${path}.${field}`, detail)),
    ...each(container.volumeMounts, `${path}.volumeMounts`, (mount, at) => [
      ...(mount.subPath ? [forbiddenFault(`${at}.subPath`, detail)] : []),
      ...(mount.subPathExpr ? [forbiddenFault(`${at}.subPathExpr`, detail)] : []),
    ]),
  ]
}

function isSet(value: object | string | undefined): boolean {
  return value !== undefined && Object.keys(value).length > 0
}
