import { isAlias, isMap, isScalar, isSeq, type LineCounter, type Node, type Scalar, type YAMLMap } from 'yaml'

/** A fault of a YAML text beyond its syntax. `field` is a path such as `metadata.labels`. */
export interface ValueFault {
  readonly field: string
  readonly offset: number
  readonly message: string
}

/** Where in the text the members of an object or a list stand, as offsets. */
export type Places = WeakMap<object, ReadonlyMap<string, number>>

/** Values that aliases may add to a document, so that a small text cannot become a huge object. A long text counts as several. */
const aliasedValuesMax = 5_000

/** Characters of a text that count as one value. */
const textPerValue = 100

interface Anchor {
  readonly value: unknown
  /** Values in it, those of aliases included. */
  readonly weight: number
}

/**
 * Makes values of YAML nodes: what JSON can say, with aliases and merge keys resolved. Tells all faults at once: keys that
 * are there twice or no text, aliases that lead nowhere, to themselves or to too much, numbers that JSON has not.
 */
export class ValueReader {
  readonly faults: ValueFault[] = []
  readonly places: Places = new WeakMap()
  private readonly anchors = new Map<string, Anchor | 'open'>()
  private readonly lines: LineCounter
  private weight = 0
  private aliased = 0

  constructor(lines: LineCounter) {
    this.lines = lines
  }

  read(node: Node | null, field = ''): unknown {
    if (node === null) return null
    if (isAlias(node)) return this.readAlias(node, field)
    const { anchor } = node as Scalar
    const before = this.weight
    if (anchor !== undefined) this.anchors.set(anchor, 'open')
    this.weight += 1
    const value = this.readPlain(node, field)
    if (anchor !== undefined) this.anchors.set(anchor, { value, weight: this.weight - before })
    return value
  }

  private readPlain(node: Node, field: string): unknown {
    if (isMap(node)) return this.readMap(node, field)
    if (isSeq(node)) {
      const places = new Map(node.items.map((item, index) => [String(index), startOf(item as Node)]))
      const list = node.items.map((item, index) => this.read(item as Node | null, `${field}[${index}]`))
      this.places.set(list, places)
      return list
    }
    return isScalar(node) ? this.readScalar(node, field) : this.fault(field, node, 'it is not understood')
  }

  private readScalar(node: Scalar, field: string): unknown {
    const { value } = node
    if (typeof value === 'string') this.weight += Math.floor(value.length / textPerValue)
    if (typeof value === 'number' && !Number.isFinite(value)) {
      return this.fault(field, node, `${node.source ?? value}: a number must be finite`)
    }
    if (value instanceof Uint8Array) return new TextDecoder().decode(value)
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value
    return this.fault(field, node, `a value of the type ${node.tag ?? typeof value} is not understood`)
  }

  private readAlias(node: Node & { readonly source: string }, field: string): unknown {
    const found = this.anchors.get(node.source)
    if (found === undefined)
      return this.fault(field, node, `*${node.source}: there is no anchor "&${node.source}" before`)
    if (found === 'open') return this.fault(field, node, `*${node.source}: an alias may not lead to what it is in`)
    this.weight += found.weight
    const wasInMeasure = this.aliased <= aliasedValuesMax
    this.aliased += found.weight
    if (this.aliased <= aliasedValuesMax) return found.value
    if (wasInMeasure) this.fault(field, node, `aliases may not add more than ${aliasedValuesMax} values`)
    return undefined
  }

  private readMap(node: YAMLMap, field: string): unknown {
    const entries = new Map<string, unknown>()
    const places = new Map<string, number>()
    const merged: (readonly [string, unknown])[] = []
    for (const { key, value } of node.items as { key: Node; value: Node | null }[]) {
      if (isMergeKey(key)) {
        merged.push(...this.readMerged(value, field))
        continue
      }
      const name = this.readKey(key, field)
      if (name === undefined) continue
      const at = member(field, name)
      const first = places.get(name)
      if (first !== undefined) this.faults.push({ field: at, offset: startOf(key), message: this.twice(name, first) })
      else places.set(name, startOf(key))
      entries.set(name, this.read(value, at))
    }
    for (const [name, value] of merged) if (!entries.has(name)) entries.set(name, value)
    // Makes a member of every key, `__proto__` as well.
    const object: object = Object.fromEntries(entries)
    this.places.set(object, places)
    return object
  }

  private readKey(key: Node, field: string): string | undefined {
    const name = this.read(key, field)
    if (typeof name === 'string' || typeof name === 'number' || typeof name === 'boolean') return String(name)
    this.fault(field, key, 'a key must be a text')
    return undefined
  }

  /** What a merge key adds, where the map has nothing of that name: the entries of a map, or of several. */
  private readMerged(node: Node | null, field: string): (readonly [string, unknown])[] {
    const value = this.read(node, field)
    const sources: unknown[] = Array.isArray(value) ? value : [value]
    // What could not be read has been told.
    if (sources.includes(undefined)) return []
    if (sources.every((source) => typeof source === 'object' && source !== null && !Array.isArray(source))) {
      return sources.flatMap((source) => Object.entries(source as object))
    }
    this.fault(field, node ?? undefined, 'a merge key "<<" takes a map, or a list of maps')
    return []
  }

  private twice(name: string, first: number): string {
    const { line } = this.lines.linePos(first)
    return `Duplicate value: the key ${JSON.stringify(name)} is in this object already (line ${line})`
  }

  private fault(field: string, node: Node | undefined, message: string): undefined {
    this.faults.push({ field, offset: startOf(node ?? null), message: `Invalid value: ${message}` })
    return undefined
  }
}

function startOf(node: Node | null): number {
  return node?.range?.[0] ?? 0
}

function isMergeKey(key: Node): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN'
}

function member(field: string, name: string): string {
  if (!/^[\w-]+$/.test(name)) return `${field}[${name}]`
  return field === '' ? name : `${field}.${name}`
}
