import { describe, expect, it } from 'vitest'
import { parseLogLines, printLogLines } from '../../src/model/log-line.ts'

const text = [
  '2026-01-01T00:00:00.000000001Z stdout F a line',
  '2026-01-01T00:00:00.000000002Z stderr F ',
  '2026-01-01T00:00:00.000000003Z stdout P begins and ',
  '2026-01-01T00:00:00.000000003Z stdout F goes on F P',
  '',
].join('\n')

describe('lines in the format of the CRI', () => {
  it('are parsed', () => {
    expect(parseLogLines(text).map(({ stream, partial, text: line }) => [stream, partial, line])).toEqual([
      ['stdout', false, 'a line'],
      ['stderr', false, ''],
      ['stdout', true, 'begins and '],
      ['stdout', false, 'goes on F P'],
    ])
    expect(parseLogLines(text)[0]?.time).toBe('2026-01-01T00:00:00.000000001Z')
    expect(parseLogLines('')).toEqual([])
  })

  it('are printed as they were written', () => {
    expect(printLogLines(text, false)).toBe('a line\n\nbegins and goes on F P\n')
    expect(printLogLines(text.slice(0, 47), true)).toBe('2026-01-01T00:00:00.000000001Z a line\n')
    expect(printLogLines('', true)).toBe('')
  })
})
