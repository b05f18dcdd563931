import { expect, it } from 'vitest'
import { LeaseRenewer } from '../../src/agent/lease-renewer.ts'
import { Timers } from '../../src/agent/timers.ts'
import { FakeDoor } from './support/fake-door.ts'
import { ManualClock } from './support/manual-clock.ts'

/** A renewer of one node, and its rounds: each is answered when the test says so. */
function open() {
  const clock = new ManualClock()
  const rounds: ((count: number) => void)[] = []
  const door = new FakeDoor()
  door.renewLeases = () => new Promise((resolve) => rounds.push(resolve))
  let unknown = 0
  const renewer = new LeaseRenewer({
    door,
    nodeNames: ['n1'],
    leaseSeconds: 40,
    onUnknownNodes: () => {
      unknown += 1
    },
    timers: new Timers(clock, (error) => {
      throw error
    }),
    log: { info: () => undefined, warn: () => undefined },
  })
  renewer.renew()
  return { clock, rounds, unknown: () => unknown }
}

it('goes on after a round that was answered too late, as by a server that had been stopped', async () => {
  const { clock, rounds } = open()
  await clock.advance(60_000)
  expect(rounds).toHaveLength(1)
  rounds[0]?.(1)
  await clock.advance(10_000)
  expect(rounds).toHaveLength(2)
})

it('has nodes registered again of which the server knows fewer', async () => {
  const { clock, rounds, unknown } = open()
  rounds[0]?.(0)
  await clock.advance(10_000)
  expect(unknown()).toBe(1)
  rounds[1]?.(1)
  await clock.advance(10_000)
  expect(unknown()).toBe(1)
})
