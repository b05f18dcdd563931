import type { Cause } from '../../errors.ts'
import {
  duplicateFault,
  each,
  forbiddenFault,
  invalidFault,
  notFoundFault,
  requiredFault,
  ruleFaults,
} from '../../fault.ts'
import { dnsLabelFaults, qualifiedNameFaults } from '../../names.ts'
import { compareQuantities, parseQuantity } from '../../quantity.ts'
import { isPodLevelResource } from './pod-resources.ts'
import type { ResourceRequirements } from './resources.ts'

type Amounts = Readonly<Record<string, string>>
type NameRule = (name: string, path: string) => Cause[]

const containerResources = new Set(['cpu', 'memory', 'ephemeral-storage'])
/** Native resources of which there are only whole ones (Kubernetes `IsIntegerResourceName`), as far as machines have them. */
const countedResources = new Set(['pods'])
const nanoPerUnit = 1_000_000_000n

/** The faults of the resources of a container (Kubernetes `ValidateContainerResourceRequirements`). */
export function validateResources(
  resources: ResourceRequirements | undefined,
  path: string,
  claims: ReadonlySet<string>,
): Cause[] {
  return resources === undefined ? [] : validateRequirements(resources, path, { nameRule: containerNameFaults, claims })
}

/** The faults of the resources of a pod as a whole, apart from what the containers have. */
export function validatePodLevelResources(resources: ResourceRequirements, path: string): Cause[] {
  return [
    ...(resources.claims ? [forbiddenFault(`${path}.claims`, 'claims cannot be set for Resources at pod-level')] : []),
    ...validateRequirements(resources, path, { nameRule: podLevelNameFaults, claims: new Set() }),
  ]
}

/** The faults of one amount: not below zero, and whole where the resource cannot be divided. */
export function amountFaults(name: string, amount: string, path: string): Cause[] {
  const { nano } = parseQuantity(amount) ?? { nano: 0n }
  const isWhole = nano % nanoPerUnit === 0n || !(isExtended(name) || countedResources.has(name))
  return [
    ...(nano < 0n ? [invalidFault(path, amount, 'must be greater than or equal to 0')] : []),
    ...(isWhole ? [] : [invalidFault(path, amount, 'must be an integer')]),
  ]
}

interface Rules {
  readonly nameRule: NameRule
  readonly claims: ReadonlySet<string>
}

function validateRequirements({ limits, requests, claims }: ResourceRequirements, path: string, rules: Rules): Cause[] {
  const names = [...Object.keys(limits ?? {}), ...Object.keys(requests ?? {})]
  const hasHugePages = names.some((name) => name.startsWith('hugepages-'))
  const hasCompute = names.includes('cpu') || names.includes('memory')
  return [
    ...amountsFaults(limits, `${path}.limits`, rules.nameRule),
    ...amountsFaults(requests, `${path}.requests`, rules.nameRule),
    ...Object.entries(requests ?? {}).flatMap(([name, request]) => againstLimit(name, request, limits?.[name], path)),
    ...(hasHugePages && !hasCompute ? [forbiddenFault(path, 'HugePages require cpu or memory')] : []),
    ...validateClaims(claims, `${path}.claims`, rules.claims),
  ]
}

function amountsFaults(amounts: Amounts | undefined, path: string, nameRule: NameRule): Cause[] {
  return Object.entries(amounts ?? {}).flatMap(([name, amount]) => {
    const at = `${path}[${name}]`
    return [...nameRule(name, at), ...amountFaults(name, amount, at), ...hugePageFaults(name, amount, at)]
  })
}

function againstLimit(name: string, request: string, limit: string | undefined, path: string): Cause[] {
  const overcommits = isNative(name) && !name.startsWith('hugepages-')
  if (limit === undefined) {
    return overcommits ? [] : [requiredFault(`${path}.limits`, 'Limit must be set for non overcommitable resources')]
  }
  const requested = parseQuantity(request)
  const limited = parseQuantity(limit)
  const order = requested === null || limited === null ? 0 : compareQuantities(requested, limited)
  if (order === 0 || (order < 0 && overcommits)) return []
  const relation = overcommits ? 'less than or equal to' : 'equal to'
  return [invalidFault(`${path}.requests`, request, `must be ${relation} ${name} limit of ${limit}`)]
}

/** Huge pages come in whole pages: `hugepages-2Mi: 3Mi` is none. */
function hugePageFaults(name: string, amount: string, path: string): Cause[] {
  if (!name.startsWith('hugepages-')) return []
  const page = parseQuantity(name.slice('hugepages-'.length))
  const isDivisible = page !== null && page.nano > 0n && (parseQuantity(amount)?.nano ?? 0n) % page.nano === 0n
  return isDivisible ? [] : [invalidFault(path, amount, `${amount} is not positive integer multiple of ${name}`)]
}

function containerNameFaults(name: string, path: string): Cause[] {
  const faults = resourceNameFaults(name, path)
  if (faults.length > 0 || isNative(name)) return faults
  return isExtended(name) ? [] : [invalidFault(path, name, "doesn't follow extended resource name standard")]
}

function podLevelNameFaults(name: string, path: string): Cause[] {
  const faults = resourceNameFaults(name, path)
  if (faults.length > 0 || isPodLevelResource(name)) return faults
  const detail = 'supported values: "cpu", "hugepages-", "memory"'
  return [
    { field: path, reason: 'FieldValueNotSupported', message: `Unsupported value: ${JSON.stringify(name)}: ${detail}` },
  ]
}

function resourceNameFaults(name: string, path: string): Cause[] {
  const faults = ruleFaults(path, name, qualifiedNameFaults)
  const isStandard = containerResources.has(name) || name.startsWith('hugepages-')
  if (faults.length > 0 || name.includes('/') || isStandard) return faults
  return [invalidFault(path, name, 'must be a standard resource type or fully qualified')]
}

/** Resources that Kubernetes itself defines: without a prefix, or with `kubernetes.io/`. */
function isNative(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/')
}

function isExtended(name: string): boolean {
  return !isNative(name) && !name.startsWith('requests.') && qualifiedNameFaults(`requests.${name}`).length === 0
}

function validateClaims(claims: ResourceRequirements['claims'], path: string, known: ReadonlySet<string>): Cause[] {
  const used = new Set<string>()
  return each(claims, path, ({ name, request }, at) => {
    if (name === '') return [requiredFault(at)]
    const key = request ? `${name}/${request}` : name
    const isTaken = used.has(key) || used.has(name) || (!request && [...used].some((one) => one.startsWith(`${name}/`)))
    used.add(key)
    const names = known.size === 0 ? ' which is empty' : `: ${[...known].toSorted().join(', ')}`
    return [
      ...(request ? ruleFaults(`${at}.request`, request, dnsLabelFaults) : []),
      ...(isTaken ? [duplicateFault(at, key)] : []),
      ...(known.has(name)
        ? []
        : [notFoundFault(at, name, `must be one of the names in pod.spec.resourceClaims${names}`)]),
    ]
  })
}
