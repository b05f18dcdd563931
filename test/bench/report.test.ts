import { describe, expect, it } from 'vitest'
import { printReport, verdicts } from './report.ts'

const met = { name: 'placements', value: 120_000, unit: '/s', bar: { atLeast: 100_000 } }
const missed = { name: 'latency', value: 250, unit: 'ms', bar: { below: 250 } }
const otherSize = { name: 'pods', value: 10, unit: '/s', bar: { atLeast: 100, size: '50,000 pods', applies: false } }

describe('a report', () => {
  it('shows every figure beside its limit, its bar and whether the bar was met', () => {
    const limit = { value: 500_000, of: 'bookkeeping' }
    expect(
      printReport({ title: 'bench', figures: [{ ...met, limit }, missed, otherSize], remarks: ['Quiet.'], json: {} }),
    ).toMatchInlineSnapshot(`
        "bench
          placements   120,000 /s   limit 500,000 (bookkeeping)   bar ≥ 100,000: met
          latency          250 ms                                 bar < 250: NOT MET
          pods              10 /s                                 bar ≥ 100, set for 50,000 pods
          Quiet.
        "
      `)
  })

  it('judges only figures whose bar is set for this size of run', () => {
    expect(verdicts([met, missed, otherSize])).toEqual({ placements: true, latency: false })
  })

  it('says why a run does not count', () => {
    expect(printReport({ title: 'bench', figures: [met], json: {}, failure: 'two were lost' })).toContain(
      'FAILED: two were lost',
    )
  })
})
