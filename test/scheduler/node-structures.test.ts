import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NodeHeap } from '../../src/scheduler/node-heap.ts'
import { labelLimit, NodeOrder } from '../../src/scheduler/node-order.ts'
import { type HeapItem, PodHeap } from '../../src/scheduler/pod-heap.ts'

describe('NodeHeap', () => {
  it('has the slot with the greatest key on top, whatever is added, changed and removed', () => {
    const step = fc.tuple(fc.nat(40), fc.option(fc.nat(1_000)))
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200, size: 'max' }), (steps) => {
        const heap = new NodeHeap()
        const positions = new Int32Array(41).fill(-1)
        const keys = new Map<number, number>()
        for (const [slot, number] of steps) {
          const key = number === null ? null : number * 64 + slot
          if (key === null && keys.has(slot)) heap.remove(slot, positions)
          else if (key !== null && keys.has(slot)) heap.change(slot, key, positions)
          else if (key !== null) heap.add(slot, key, positions)
          if (key === null) keys.delete(slot)
          else keys.set(slot, key)
          expect(heap.size).toBe(keys.size)
          if (keys.size > 0) expect(keys.get(heap.topSlot)).toBe(Math.max(...keys.values()))
          if (keys.size > 0) expect(heap.topKey).toBe(Math.max(...keys.values()))
        }
      }),
    )
  })
})

describe('PodHeap', () => {
  it('gives its items in order, those removed in between left out', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { maxLength: 60 }), fc.array(fc.nat()), (values, removals) => {
        const heap = new PodHeap<HeapItem & { readonly value: number }>((a, b) => a.value < b.value)
        const items = values.map((value) => ({ value, heapIndex: -1 }))
        for (const item of items) heap.add(item)
        for (const index of removals) {
          if (items.length > 0) heap.remove(items.splice(index % items.length, 1)[0]!)
        }
        const popped: number[] = []
        for (let item = heap.pop(); item !== undefined; item = heap.pop()) popped.push(item.value)
        expect(popped).toEqual(items.map(({ value }) => value).toSorted((a, b) => a - b))
      }),
    )
  })
})

describe('NodeOrder', () => {
  it('labels nodes in the order of their names, whichever come and go', () => {
    const names = fc.array(fc.string({ maxLength: 3 }), { maxLength: 100, size: 'max' })
    fc.assert(
      fc.property(names, (list) => {
        const order = new NodeOrder()
        const slots = new Map<string, number>()
        for (const name of list) {
          if (slots.has(name)) {
            order.remove(name)
            slots.delete(name)
          } else {
            const slot = slots.size === 0 ? 0 : Math.max(...slots.values()) + 1
            order.insert(slot, name)
            slots.set(name, slot)
          }
        }
        const expected = [...slots.keys()].toSorted((a, b) => (a < b ? -1 : 1)).map((name) => slots.get(name))
        expect(order.slots).toEqual(expected)
        expectAscending(order)
      }),
    )
  })

  it('finds room between two nodes as often as it must, by spreading the labels anew', () => {
    const order = new NodeOrder()
    order.insert(0, 'a')
    order.insert(1, 'b')
    for (let slot = 2; slot < 200; slot++) order.insert(slot, `a${'0'.repeat(200 - slot)}1`)
    expect(order.epoch).toBeGreaterThan(0)
    expectAscending(order)
  })
})

function expectAscending(order: NodeOrder): void {
  const labels = order.slots.map((slot) => order.labelOf(slot))
  expect(labels.every((label, index) => label > (labels[index - 1] ?? 0) && label < labelLimit)).toBe(true)
}
