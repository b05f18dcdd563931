import type { Cause } from '../errors.ts'
import { duplicateFault, each, forbiddenFault, invalidFault, ruleFaults } from '../fault.ts'
import { cidrFaults } from '../names.ts'
import type { Node } from './node.ts'
import { validateNodeAnnotations } from './node-annotations.ts'
import { validateConfigSource, validateConfigStatus } from './node-config-validation.ts'
import { amountFaults } from './pod/resource-validation.ts'
import { validateTaints } from './taint-validation.ts'

const podCIDRsMax = 2

/** The faults of a machine, its metadata apart (Kubernetes `ValidateNode`). */
export function validateNode(node: Node): Cause[] {
  const { podCIDRs, podCIDR, taints } = node.spec ?? {}
  return [
    ...validateNodeAnnotations(node.metadata.annotations, 'metadata.annotations'),
    ...validateTaints(taints, 'spec.taints'),
    ...validateAmounts(node.status?.capacity, 'status.capacity'),
    ...validateAmounts(node.status?.allocatable, 'status.allocatable'),
    ...validateCIDRs(podCIDRs ?? [], 'spec.podCIDRs'),
    ...(podCIDR && podCIDRs?.length && podCIDRs[0] !== podCIDR
      ? [invalidFault('spec.podCIDRs', podCIDRs, 'the first range must be `podCIDR`')]
      : []),
  ]
}

/** The faults of a change of a machine: who it is and which addresses it was given is fixed (Kubernetes `ValidateNodeUpdate`). */
export function validateNodeUpdate(next: Node, previous: Node): Cause[] {
  const before = previous.spec ?? {}
  const after = next.spec ?? {}
  const addresses = new Set<string>()
  const ranges = 'node updates may not change podCIDR except from "" to valid'
  const sameRanges = !before.podCIDRs?.length || before.podCIDRs.join() === (after.podCIDRs ?? []).join()
  return [
    ...validateConfigSource(after.configSource, 'spec.configSource'),
    ...validateConfigStatus(next.status?.config, 'status.config'),
    ...each(next.status?.addresses, 'status.addresses', (address, at) => {
      const key = `${address.type}/${address.address}`
      const isDuplicate = addresses.has(key)
      addresses.add(key)
      return isDuplicate ? [duplicateFault(at, address)] : []
    }),
    ...(sameRanges ? [] : [forbiddenFault('spec.podCIDRs', ranges)]),
    ...(before.providerID && before.providerID !== after.providerID
      ? [forbiddenFault('spec.providerID', 'node updates may not change providerID except from "" to valid')]
      : []),
    ...((before.externalID ?? '') === (after.externalID ?? '')
      ? []
      : [forbiddenFault('spec.externalID', 'may not be updated')]),
  ]
}

function validateAmounts(amounts: Readonly<Record<string, string>> | undefined, path: string): Cause[] {
  return Object.entries(amounts ?? {}).flatMap(([name, amount]) => amountFaults(name, amount, `${path}.${name}`))
}

function validateCIDRs(ranges: readonly string[], path: string): Cause[] {
  const ofIPv6 = ranges.filter((range) => range.includes(':')).length
  const isDual = ranges.length < podCIDRsMax || (ranges.length === podCIDRsMax && ofIPv6 === 1)
  return [
    ...each(ranges, path, (range, at) => ruleFaults(at, range, cidrFaults)),
    ...(isDual ? [] : [invalidFault(path, ranges, 'may specify no more than one CIDR for each IP family')]),
    ...each(ranges, path, (range, at, index) => (ranges.indexOf(range) < index ? [duplicateFault(at, range)] : [])),
  ]
}
