import { describe, expect, it } from 'vitest'
import { statusColour } from '../../src/cli/cell-colour.ts'
import { hasColours } from '../../src/cli/paint.ts'

describe('colours', () => {
  it.each([
    ['on a terminal', true, {}, true],
    ['not in a pipe', false, {}, false],
    ['not with NO_COLOR', true, { NO_COLOR: '1' }, false],
    ['with an empty NO_COLOR', true, { NO_COLOR: '' }, true],
    ['in a pipe with FORCE_COLOR', false, { FORCE_COLOR: '1' }, true],
    ['not with FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, false],
    ['not with both', true, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    ['not on a dumb terminal', true, { TERM: 'dumb' }, false],
  ])('are there %s', (_, isTerminal, environment, are) => {
    expect(hasColours(isTerminal, environment)).toBe(are)
  })

  it.each([
    ['Running', 'green'],
    ['Ready', 'green'],
    ['Active', 'green'],
    ['Pending', 'yellow'],
    ['Init:0/2', 'yellow'],
    ['Terminating', 'yellow'],
    ['Ready,SchedulingDisabled', 'yellow'],
    ['NotReady', 'red'],
    ['NotReady,SchedulingDisabled', 'red'],
    ['CrashLoopBackOff', 'red'],
    ['Init:CrashLoopBackOff', 'red'],
    ['Error', 'red'],
    ['Completed', undefined],
    ['<none>', undefined],
    ['constructor', 'red'],
  ])('tell of %s: %s', (status, colour) => {
    expect(statusColour(status)).toBe(colour)
  })
})
