import type { SchedulingSpec } from './subjects.ts'

/** A port of the machine itself that a pod wants. */
export interface HostPort {
  readonly ip: string
  readonly protocol: string
  readonly port: number
}

const anyIp = '0.0.0.0'

/** The host ports of a pod's containers and sidecars. An empty IP stands for all, an empty protocol for TCP. */
export function hostPortsOf(spec: SchedulingSpec): HostPort[] {
  const sidecars = spec.initContainers?.filter((container) => container.restartPolicy === 'Always') ?? []
  return [...spec.containers, ...sidecars].flatMap((container) =>
    (container.ports ?? []).flatMap(({ hostIP, protocol, hostPort }) =>
      hostPort === undefined || hostPort <= 0
        ? []
        : [{ ip: hostIP || anyIp, protocol: protocol || 'TCP', port: hostPort }],
    ),
  )
}

/**
 * The host ports in use on one node (Kubernetes `HostPortInfo`). Two uses conflict when port and protocol are equal and
 * the IPs are equal or one of them is 0.0.0.0.
 */
export class HostPortUsage {
  /** Uses by port and protocol, then by IP: how many. */
  readonly #uses = new Map<string, Map<string, number>>()

  /** Whether no port is in use. */
  get empty(): boolean {
    return this.#uses.size === 0
  }

  /** Counts a use. */
  add(hostPort: HostPort): void {
    const key = keyOf(hostPort)
    let ips = this.#uses.get(key)
    if (ips === undefined) this.#uses.set(key, (ips = new Map<string, number>()))
    ips.set(hostPort.ip, (ips.get(hostPort.ip) ?? 0) + 1)
  }

  /** Takes back one use. */
  remove(hostPort: HostPort): void {
    const key = keyOf(hostPort)
    const ips = this.#uses.get(key)
    const count = ips?.get(hostPort.ip)
    if (ips === undefined || count === undefined) return
    if (count > 1) ips.set(hostPort.ip, count - 1)
    else ips.delete(hostPort.ip)
    if (ips.size === 0) this.#uses.delete(key)
  }

  /** Whether the port can no longer be had. */
  conflictsWith(hostPort: HostPort): boolean {
    const ips = this.#uses.get(keyOf(hostPort))
    if (ips === undefined) return false
    return hostPort.ip === anyIp || ips.has(anyIp) || ips.has(hostPort.ip)
  }
}

function keyOf({ protocol, port }: HostPort): string {
  return `${protocol}/${port}`
}
