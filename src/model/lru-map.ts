import { assert } from './errors.ts'

/** A map that holds at most `sizeMax` entries and forgets the one that was used longest ago. */
export class LruMap<Value> {
  private readonly sizeMax: number
  private readonly entries = new Map<string, Value>()

  constructor(sizeMax: number) {
    assert(sizeMax >= 1, 'a map of recent entries holds at least one')
    this.sizeMax = sizeMax
  }

  get size(): number {
    return this.entries.size
  }

  get(key: string): Value | undefined {
    const value = this.entries.get(key)
    if (value === undefined) return undefined
    this.entries.delete(key)
    this.entries.set(key, value)
    return value
  }

  set(key: string, value: Value): void {
    this.entries.delete(key)
    this.entries.set(key, value)
    if (this.entries.size <= this.sizeMax) return
    const oldest = this.entries.keys().next()
    if (oldest.done !== true) this.entries.delete(oldest.value)
  }
}
