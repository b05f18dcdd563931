import type { Node } from '../model/kinds/node.ts'
import type { NodeLease } from '../store/lease-table.ts'
import { type Grace, healthAfter, isSilent, type NodeHealth } from './node-health.ts'
import { hasEvictingTaint } from './node-taints.ts'
import { type Allowance, draw, type EvictionRates, evictionRateOf, refill, zoneOf, zoneStateOf } from './zone.ts'

/** All machines and their proofs of life, at a moment of watched time. */
export interface Look {
  readonly nodes: Iterable<Node>
  readonly leases: ReadonlyMap<string, NodeLease>
  readonly watchedAt: number
}

/** The machines with which something is to be done. */
export interface Sight {
  /** Seen for the first time. */
  readonly registered: readonly Node[]
  /** Seen at the last look, and gone; as they were. */
  readonly removed: readonly Node[]
  /** Ready, which they were not at the last look. */
  readonly returned: readonly Node[]
  /** Silent for longer than they may be. */
  readonly silent: readonly Node[]
  /** Not ready for some time, and those whose turn it is to be given up. */
  readonly due: readonly Node[]
  /** Given up before every zone was lost, which says more about this side than about the machines. */
  readonly relieved: readonly Node[]
  /** No zone has any machine that is ready. */
  readonly isAllDisrupted: boolean
}

/** A label that keeps a machine from counting when its zone is judged. */
const exclusionLabel = 'node.kubernetes.io/exclude-disruption'

/**
 * Remembers what there was to see of the machines, and tells at each look what is to be done. When all zones are lost,
 * nobody is given up; when the first machine is back, everybody's silence counts anew (`handleDisruption`).
 */
export class NodeWatch {
  private readonly settings: Grace & EvictionRates
  private healths = new Map<string, NodeHealth>()
  private allowances = new Map<string, Allowance>()
  private wasAllDisrupted = false
  private lookedAt = 0

  constructor(settings: Grace & EvictionRates) {
    this.settings = settings
  }

  look({ nodes, leases, watchedAt }: Look): Sight {
    const before = this.healths
    const changes = { registered: [] as Node[], removed: [] as Node[], returned: [] as Node[] }
    const after = new Map<string, NodeHealth>()
    for (const node of nodes) {
      const { name } = node.metadata
      const known = before.get(name)
      const health = healthAfter(known, { node, lease: leases.get(name), watchedAt })
      after.set(name, health)
      if (health === known) continue
      if (known?.node.metadata.uid !== node.metadata.uid) changes.registered.push(node)
      else if (health.readiness === 'True' && known.readiness !== 'True') changes.returned.push(node)
    }
    for (const [name, { node }] of before) {
      if (after.get(name)?.node.metadata.uid !== node.metadata.uid) changes.removed.push(node)
    }
    this.healths = after
    return { ...changes, ...this.judge(before, watchedAt) }
  }

  private judge(before: ReadonlyMap<string, NodeHealth>, watchedAt: number) {
    let zones = this.zones(before, watchedAt)
    const isAllDisrupted = areAllDisrupted(zones.values())
    if (this.wasAllDisrupted && !isAllDisrupted) {
      for (const [name, health] of this.healths) this.healths.set(name, { ...health, heardAt: watchedAt })
      zones = this.zones(before, watchedAt)
    }
    const due = this.dueOf(zones, isAllDisrupted, watchedAt)
    this.wasAllDisrupted = isAllDisrupted
    this.lookedAt = watchedAt
    const silent = [...zones.values()].flatMap((zone) => zone.silent.map(({ node }) => node))
    const relieved = isAllDisrupted ? this.givenUpButNot(new Set(silent)) : []
    return { isAllDisrupted, silent, due, relieved }
  }

  private zones(before: ReadonlyMap<string, NodeHealth>, watchedAt: number): Map<string, Zone> {
    const zones = new Map<string, Zone>()
    for (const [name, health] of this.healths) {
      const key = zoneOf(health.node)
      let zone = zones.get(key)
      if (zone === undefined) zones.set(key, (zone = emptyZone()))
      const isQuiet = isSilent(health, watchedAt, this.settings)
      if (health.node.metadata.labels?.[exclusionLabel] === undefined) {
        zone.size += 1
        if (health.readiness === 'True' && !isQuiet) zone.readyCount += 1
      }
      if (isQuiet) zone.silent.push(health)
      if (isGivenUp(health, before.get(name), isQuiet)) zone.waiting.push(health)
    }
    for (const zone of zones.values()) zone.state = zoneStateOf(zone.size, zone.readyCount, this.settings)
    return zones
  }

  private dueOf(zones: ReadonlyMap<string, Zone>, isAllDisrupted: boolean, watchedAt: number): Node[] {
    const allowances = new Map<string, Allowance>()
    const due: Node[] = []
    for (const [key, { state, size, waiting }] of zones) {
      const rate = isAllDisrupted ? 0 : evictionRateOf(state, size, this.settings)
      const allowance = refill(this.allowances.get(key), rate, watchedAt - this.lookedAt)
      const { drawn, left } = draw(allowance, waiting.length)
      allowances.set(key, left)
      if (drawn === 0) continue
      const inTurn = waiting.toSorted((a, b) => a.heardAt - b.heardAt || (nameOf(a) < nameOf(b) ? -1 : 1))
      for (const { node } of inTurn.slice(0, drawn)) due.push(node)
    }
    this.allowances = allowances
    return due
  }

  private givenUpButNot(others: ReadonlySet<Node>): Node[] {
    const nodes = [...this.healths.values()].map(({ node }) => node)
    return nodes.filter((node) => hasEvictingTaint(node) && !others.has(node))
  }
}

interface Zone {
  state: ReturnType<typeof zoneStateOf>
  /** Machines that count. */
  size: number
  readyCount: number
  readonly silent: NodeHealth[]
  /** To be given up as soon as the zone allows it. */
  readonly waiting: NodeHealth[]
}

function emptyZone(): Zone {
  return { state: 'Normal', size: 0, readyCount: 0, silent: [], waiting: [] }
}

/** Zones in which no machine counts do not count. */
function areAllDisrupted(zones: Iterable<Zone>): boolean {
  const counted = [...zones].filter(({ size }) => size > 0)
  return counted.length > 0 && counted.every(({ state }) => state === 'FullDisruption')
}

/**
 * Whether a machine was seen at the last look already to be not ready by its own word, or Unknown and still silent. Only
 * then: so that the state of its zone is known before it is given up.
 */
function isGivenUp(health: NodeHealth, before: NodeHealth | undefined, isQuiet: boolean): boolean {
  if (before?.node.metadata.uid !== health.node.metadata.uid || hasEvictingTaint(health.node)) return false
  return health.readiness === 'False' || (health.readiness === 'Unknown' && isQuiet)
}

function nameOf({ node }: NodeHealth): string {
  return node.metadata.name
}
