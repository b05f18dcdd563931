import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutLines, lastLine, lineBytesMax } from '../../../../src/agent/runtimes/process/log-lines.ts'

const origin = { stream: 'stdout', at: Date.parse('2026-01-01T10:00:00.123Z') } as const
const cut = (text: string) => {
  const { text: lines, left } = cutLines(Buffer.from(text), origin)
  return { lines: lines.toString().split('\n').slice(0, -1), left: left.toString() }
}

describe('lines of output', () => {
  it('get their time and stream', () => {
    expect(cut('one\ntwo\n').lines).toEqual([
      '2026-01-01T10:00:00.123000000Z stdout F one',
      '2026-01-01T10:00:00.123000000Z stdout F two',
    ])
  })

  it('are left when they have no end, and get one when it is known that nothing follows', () => {
    const { lines, left } = cut('one\ntw')
    expect([lines.length, left]).toEqual([1, 'tw'])
    expect(lastLine(Buffer.from(left), origin, 'F').toString()).toBe('2026-01-01T10:00:00.123000000Z stdout F tw\n')
    expect(lastLine(Buffer.from(''), origin, 'F')).toHaveLength(0)
  })

  it('are cut into parts when they are too long', () => {
    const parts = cut(`${'x'.repeat(40_000)}\n`).lines.map((line) => line.split(' ').slice(2))
    expect(parts.map(([tag, text]) => [tag, text?.length])).toEqual([
      ['P', lineBytesMax],
      ['P', lineBytesMax],
      ['F', 40_000 - 2 * lineBytesMax],
    ])
  })

  it('say the same as what was written, in whatever pieces it comes', () => {
    const text = fc.array(fc.constantFrom('a', 'b c', '\n', 'x'.repeat(20_000))).map((words) => words.join(''))
    fc.assert(
      fc.property(text, fc.array(fc.nat({ max: 30_000 }), { maxLength: 5 }), (whole, cuts) => {
        let written = ''
        let left = ''
        let from = 0
        for (const end of [...cuts.toSorted((a, b) => a - b), whole.length].map((at) => Math.min(at, whole.length))) {
          const piece = cut(left + whole.slice(from, end))
          written += piece.lines.map(textOf).join('')
          left = piece.left
          from = end
        }
        expect(written + left).toBe(whole)
      }),
      { numRuns: 100 },
    )
  })
})

function textOf(line: string): string {
  const [, , tag, ...words] = line.split(' ')
  return `${words.join(' ')}${tag === 'F' ? '\n' : ''}`
}
