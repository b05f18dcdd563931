import { describe, expect, it } from 'vitest'
import { frameLines, LiveTable, redraw, visibleRows } from '../../src/cli/live-table.ts'
import { TestTerminal } from './support/test-terminal.ts'

describe('a table that is drawn in place', () => {
  it.each([
    ['all rows, where they fit', 3, 10, 3],
    ['as many as there is room for above the cursor', 9, 11, 9],
    ['one fewer, for the line that tells of the others', 10, 11, 8],
    ['at least one', 10, 1, 1],
  ])('shows %s', (_, count, height, visible) => {
    expect(visibleRows(count, height, true)).toBe(visible)
  })

  it('never is higher than the screen', () => {
    for (let height = 4; height < 30; height += 1) {
      for (let count = 0; count < 40; count += 1) {
        const visible = visibleRows(count, height, true)
        const rows = Array.from({ length: visible }, (_, index) => [String(index)])
        const lines = frameLines({ header: ['NAME'], rows, hidden: count - visible })
        expect(lines.length).toBeLessThanOrEqual(height - 1)
      }
    }
  })

  it('tells how many rows are hidden', () => {
    expect(frameLines({ header: ['NAME', 'AGE'], rows: [['a', '1s']], hidden: 7 })).toEqual([
      'NAME   AGE',
      'a      1s',
      '… and 7 more',
    ])
  })

  it.each([
    ['grows at its end', ['a', 'b'], ['a', 'b', 'c']],
    ['grows in its middle', ['a', 'c'], ['a', 'b', 'c']],
    ['shrinks', ['a', 'b', 'c', 'd'], ['a', 'd']],
    ['has shorter lines', ['a long line', 'b'], ['a', 'b']],
    ['vanishes', ['a', 'b'], []],
    ['has lines longer than the screen is wide', ['a'], ['x'.repeat(50), 'b']],
  ])('leaves nothing behind when it %s', (_, before, after) => {
    const terminal = new TestTerminal({ width: 20, height: 8 })
    terminal.write('$ myriad get pods -w\n')
    terminal.write(redraw(0, before))
    terminal.write(redraw(before.length, after))
    expect(terminal.lines()).toEqual(['$ myriad get pods -w', ...after.map((line) => line.slice(0, 20))])
  })

  it('scrolls what was above it away when it reaches the end of the screen', () => {
    const terminal = new TestTerminal({ width: 20, height: 4 })
    terminal.write('one\ntwo\n')
    terminal.write(redraw(0, ['a']))
    terminal.write(redraw(1, ['a', 'b', 'c']))
    terminal.write(redraw(3, ['a', 'b', 'd']))
    expect(terminal.lines()).toEqual(['a', 'b', 'd'])
  })

  it('writes nothing while nothing changes, and begins anew when the screen has another size', () => {
    const written: string[] = []
    const size = { width: 20, height: 8 }
    const output = {
      isTerminal: true,
      write: (text: string) => void written.push(text),
      onResize: () => () => {},
      get width() {
        return size.width
      },
      get height() {
        return size.height
      },
    }
    const table = new LiveTable(output)
    table.draw(['a'])
    const count = written.length
    table.draw(['a'])
    expect(written).toHaveLength(count)
    size.width = 10
    table.draw(['a'])
    expect(written.at(-1)).toContain('\u001b[2J\u001b[H')
    table.close()
    expect(written.join('').endsWith('\u001b[?25h')).toBe(true)
  })
})
