import { describe, expect, it } from 'vitest'
import { parseFaults } from '../../../src/agent/network/ip-batch.ts'

describe('what ip says of a batch', () => {
  it.each([
    ['nothing when all went well', '', 'exit code 0', {}, undefined],
    [
      'which line failed, and why',
      'RTNETLINK answers: File exists\nCommand failed -:3\n',
      'exit code 1',
      { 2: 'File exists' },
      undefined,
    ],
    [
      'what failed inside of a namespace',
      'Cannot find device "eth0"\nCommand failed pods/p/inside:2\nCommand failed -:4\n',
      'exit code 1',
      { 3: 'Cannot find device "eth0"' },
      undefined,
    ],
    [
      'of several lines',
      'Cannot find device "a"\nCommand failed -:1\nCannot find device "b"\nCommand failed -:2\n',
      'exit code 1',
      { 0: 'Cannot find device "a"', 1: 'Cannot find device "b"' },
      undefined,
    ],
    [
      'that it broke off, which it does at words that it does not know',
      'Cannot find device "a"\nCommand failed -:1\nError: argument "b" is wrong: Device does not exist\n',
      'exit code 255',
      { 0: 'Cannot find device "a"' },
      'Error: argument "b" is wrong: Device does not exist',
    ],
    ['that it was ended', '', 'signal SIGTERM', {}, 'ip ended with signal SIGTERM'],
  ])('%s', (_, errors, end, byLine, whole) => {
    const faults = parseFaults(errors, end)
    expect(Object.fromEntries(faults.byLine)).toEqual(byLine)
    expect(faults.whole).toBe(whole)
  })
})
