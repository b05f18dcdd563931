import { expect, it } from 'vitest'
import { takeTurn } from '../../src/commands/turns.ts'
import type { Store } from '../../src/store/store.ts'

const nextTurn = () =>
  new Promise<void>((resolve) => {
    setImmediate(resolve)
  })

it('runs the steps of one object one after another, also past a failure, and those of others beside them', async () => {
  const store = {} as Store
  const trace: string[] = []
  const step =
    (name: string, fails = false) =>
    async () => {
      trace.push(`${name} begins`)
      await nextTurn()
      trace.push(`${name} ends`)
      if (fails) throw new Error(name)
      return name
    }
  const results = await Promise.allSettled([
    takeTurn(store, 'a', step('a1', true)),
    takeTurn(store, 'a', step('a2')),
    takeTurn(store, 'b', step('b1')),
    takeTurn({} as Store, 'a', step('c1')),
  ])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled'])
  expect(trace.filter((line) => line.startsWith('a'))).toEqual(['a1 begins', 'a1 ends', 'a2 begins', 'a2 ends'])
  expect(trace.slice(0, 3)).toEqual(['a1 begins', 'b1 begins', 'c1 begins'])
  expect(await takeTurn(store, 'a', step('a3'))).toBe('a3')
})
