import { describe, expect, it } from 'vitest'
import { settleEach } from '../../src/cli/settle-each.ts'
import { RequestError } from '../../src/client/index.ts'

describe('work on many items', () => {
  it('is done several at once, and told in the order of the items, failures too', async () => {
    let underWay = 0
    let most = 0
    const told: unknown[] = []
    const items = Array.from({ length: 20 }, (_, index) => index)
    const work = async (index: number): Promise<number> => {
      underWay += 1
      most = Math.max(most, underWay)
      // The first of each four takes the most turns.
      for (let turns = 4 - (index % 4); turns > 0; turns -= 1) await Promise.resolve()
      underWay -= 1
      if (index % 7 === 6) throw new Error(`${index} fails`)
      return index * 10
    }
    for await (const [item, outcome] of settleEach(items, work, 5)) {
      told.push([item, outcome.status === 'fulfilled' ? outcome.value : String(outcome.reason)])
    }
    expect(told).toEqual(items.map((index) => [index, index % 7 === 6 ? `Error: ${index} fails` : index * 10]))
    expect(most).toBe(5)
  })

  it('begins nothing more once the server is gone, and tells that once, beside what was done', async () => {
    const begun: number[] = []
    const told: string[] = []
    const work = async (index: number): Promise<string> => {
      begun.push(index)
      if (index % 2 === 0) throw new RequestError('UNAVAILABLE', `${index} finds nobody`)
      return `${index} is done`
    }
    for await (const [, outcome] of settleEach([1, 2, 3, 4, 5, 6, 7, 8], work, 4)) {
      told.push(outcome.status === 'fulfilled' ? outcome.value : (outcome.reason as Error).message)
    }
    expect(begun).toEqual([1, 2, 3, 4, 5])
    expect(told).toEqual(['1 is done', '2 finds nobody', '3 is done', '5 is done'])
  })

  it('begins nothing more once its loop is left', async () => {
    const begun: number[] = []
    for await (const [item] of settleEach([1, 2, 3, 4, 5], async (index) => begun.push(index), 2)) {
      if (item === 2) break
    }
    expect(begun).toEqual([1, 2, 3])
  })
})
