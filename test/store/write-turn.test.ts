import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { WriteTurn } from '../../src/store/write-turn.ts'

describe('a write turn', () => {
  it('is had by one at a time, of all who share its memory', async () => {
    const first = new WriteTurn()
    const takers = [first, new WriteTurn(first.shared), new WriteTurn(first.shared)]
    let inside = 0
    let most = 0
    let runs = 0
    const run = async () => {
      inside += 1
      most = Math.max(most, inside)
      await nextTurn()
      inside -= 1
      runs += 1
    }
    await Promise.all(Array.from({ length: 60 }, async (_, index) => takers[index % 3]?.take(run)))
    expect({ most, runs }).toEqual({ most: 1, runs: 60 })
  })

  it('is given back when what was done in it fails', async () => {
    const turn = new WriteTurn()
    await expect(turn.take(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    await expect(turn.take(() => Promise.resolve('next'))).resolves.toBe('next')
  })

  it('keeps the thread that waits for it alive', async () => {
    const turn = new WriteTurn()
    let giveBack = (): void => {}
    const first = turn.take(() => new Promise<void>((resolve) => (giveBack = resolve)))
    await nextTurn()
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    const before = timers()
    const second = new WriteTurn(turn.shared).take(() => Promise.resolve('ours'))
    expect(timers()).toBe(before + 1)
    giveBack()
    await first
    expect(await second).toBe('ours')
    expect(timers()).toBe(before)
  })
})
