import { expect, it } from 'vitest'
import { OpenOperations } from '../../src/server/open-operations.ts'

it('counts for each connection and for all, and never twice what a connection takes with it', () => {
  const operations = new OpenOperations({ subscriptionsPerConnectionMax: 2, subscriptionsMax: 3 })
  const [one, two] = [operations.connection(), operations.connection()]
  one.open()
  one.open()
  expect(() => one.open()).toThrow('this connection has 2 operations open, the limit is 2')
  two.open()
  expect(() => two.open()).toThrow('the server has 3 operations open, the limit is 3')
  one.close()
  two.open()
  expect(operations.count).toBe(3)
  one.closeAll()
  one.closeAll()
  one.close()
  expect(operations.count).toBe(2)
  two.closeAll()
  expect(operations.count).toBe(0)
})
