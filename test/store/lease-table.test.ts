import { expect, it } from 'vitest'
import { nodeLeaseName } from '../../src/store/lease-table.ts'
import { clusterObjectNamed } from '../support/objects.ts'
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

it('the leases of machines are found by the machine, and no others among them', async () => {
  const { leases } = await stores.open()
  expect(await leases.ofNodes()).toEqual(new Map())
  const row = (name: string, renewedAt: number) => ({ name, holder: 'x', durationSeconds: 40, renewedAt })
  await leases.renew([row(nodeLeaseName('n1'), 1_767_225_600_000), row(nodeLeaseName('a.b-"c'), 2), row('leader', 3)])
  await leases.renew([row('node', 4), row('node0', 5), row('nodes/n3', 6)])
  expect(await leases.ofNodes()).toEqual(
    new Map([
      ['n1', { durationSeconds: 40, renewedAt: 1_767_225_600_000 }],
      ['a.b-"c', { durationSeconds: 40, renewedAt: 2 }],
    ]),
  )
})

it('the leases of machines that are no more are removed, and no others', async () => {
  const store = await stores.open()
  const node = clusterObjectNamed('Node', 'stays')
  await store.commitOne({ type: 'create', object: node }, 'test')
  const names = ['node/stays', 'node/gone', 'leader', 'node0']
  await store.leases.renew(names.map((name) => ({ name, holder: 'x', durationSeconds: 40, renewedAt: 1 })))
  expect(await store.leases.removeOrphans()).toBe(1)
  const left = await Promise.all(names.map((name) => store.leases.find(name)))
  expect(left.map((lease) => lease?.name)).toEqual(['node/stays', undefined, 'leader', 'node0'])
  expect(await store.leases.removeOrphans()).toBe(0)
})
