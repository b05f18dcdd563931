import { describe, expect, it } from 'vitest'
import { type MachineObservation, notePressure, type PressureMemory } from '../../src/agent/node-pressure.ts'
import { parseEvictionThresholds } from '../../src/model/eviction-threshold.ts'

const thresholds =
  parseEvictionThresholds('memory.available<100Mi,nodefs.available<10%,nodefs.inodesFree<5%,pid.available<5%') ??
  new Map()
const mebi = 1024 ** 2
const minute = 60_000
const start = Date.parse('2026-01-01T00:00:00Z')

function note(observation: MachineObservation, memory: PressureMemory = {}, now = start): PressureMemory {
  return notePressure(memory, observation, { thresholds, now })
}

describe('a machine is under pressure', () => {
  it.each<[string, MachineObservation, string[]]>([
    ['not when it tells nothing', {}, []],
    ['not with enough of all', { 'memory.available': { available: 100 * mebi, total: 200 * mebi } }, []],
    [
      'with less memory than there has to be',
      { 'memory.available': { available: 99 * mebi, total: 1 } },
      ['MemoryPressure'],
    ],
    ['not with exactly a tenth of the disk', { 'nodefs.available': { available: 10, total: 100 } }, []],
    ['with less of the disk', { 'nodefs.available': { available: 9.9, total: 100 } }, ['DiskPressure']],
    ['with few inodes', { 'nodefs.inodesFree': { available: 4, total: 100 } }, ['DiskPressure']],
    ['not on a disk that does not count inodes', { 'nodefs.inodesFree': { available: 0, total: 0 } }, []],
    ['with few processes left', { 'pid.available': { available: 4, total: 100 } }, ['PIDPressure']],
  ])('%s', (_sentence, observation, types) => {
    expect(Object.keys(note(observation))).toEqual(types)
  })
})

describe('a pressure', () => {
  const short = { 'nodefs.available': { available: 1, total: 100 } }
  const plenty = { 'nodefs.available': { available: 50, total: 100 } }

  it.each([
    ['lasts for five minutes after it was last seen', 5 * minute - 1, ['DiskPressure']],
    ['is over after that', 5 * minute, []],
    ['is over when the clock was put back', -1, []],
  ])('%s', (_sentence, later, types) => {
    expect(Object.keys(note(plenty, note(short), start + later))).toEqual(types)
  })

  it('lasts longer when it is seen again', () => {
    const again = note(short, note(short), start + 4 * minute)
    expect(Object.keys(note(plenty, again, start + 8 * minute))).toEqual(['DiskPressure'])
  })
})
