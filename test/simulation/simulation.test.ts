import { expect, it } from 'vitest'
import { temporaryStores } from '../support/temporary-stores.ts'
import { findBroken } from './invariants.ts'
import { Simulation } from './simulation.ts'

const stores = temporaryStores()

/** `SIMULATION_SEED=7 npx vitest run test/simulation` repeats one; `SIMULATION_SEEDS=200` runs so many. */
const { SIMULATION_SEED: only, SIMULATION_SEEDS: count = '6' } = process.env
const seeds = only === undefined ? Array.from({ length: Number(count) }, (_, index) => index + 1) : [Number(only)]

it.each(seeds)('after crashes, losses and jumps of the clock all is as it was commanded (seed %i)', async (seed) => {
  const simulation = await Simulation.start(seed, stores)
  await simulation.run()
  const broken = await findBroken(simulation)
  await simulation.close()
  expect(simulation.acknowledged.length).toBeGreaterThan(0)
  expect(broken, `seed ${seed}: ${simulation.story.join(', ')}`).toEqual([])
})
