import { expect, it } from 'vitest'
import { temporaryStores } from '../support/temporary-stores.ts'

const stores = temporaryStores()

it('leases are renewed many at once and found by name', async () => {
  const { leases } = await stores.open()
  const named = (name: string, renewedAt: number) => ({ name, holder: `agent-${name}`, durationSeconds: 40, renewedAt })
  await leases.renew([])
  await leases.renew([named('n1', 1_767_225_600_000), named('n2', 5)])
  await leases.renew([named('n2', 6), named('n3', 7)])
  expect(await leases.find('n1')).toEqual(named('n1', 1_767_225_600_000))
  expect(await leases.find('n2')).toEqual(named('n2', 6))
  expect(await leases.find('n3')).toEqual(named('n3', 7))
  expect(await leases.find('n4')).toBeUndefined()
})

it('a lease that changes hands tells its new holder, and none of it stands in the log', async () => {
  const store = await stores.open()
  await store.leases.renew([{ name: 'leader', holder: 'a', durationSeconds: 15, renewedAt: 1 }])
  await store.leases.renew([{ name: 'leader', holder: 'b', durationSeconds: 30, renewedAt: 2 }])
  expect(await store.leases.find('leader')).toEqual({ name: 'leader', holder: 'b', durationSeconds: 30, renewedAt: 2 })
  expect(await store.changesSince(0, 9, 9)).toEqual([])
})
