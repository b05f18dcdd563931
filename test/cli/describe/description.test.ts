import { describe, expect, it } from 'vitest'
import { alignTabs, timeText } from '../../../src/cli/describe/description.ts'

describe('a description', () => {
  it('has parts below each other as far as neighbouring lines have them', () => {
    expect(alignTabs(['Name:\ta', 'Long name:\tb', 'Title:', '  x:\tc\td', '  yy:\te', 'End:\tf'])).toBe(
      ['Name:       a', 'Long name:  b', 'Title:', '  x:   c  d', '  yy:  e', 'End:   f', ''].join('\n'),
    )
  })
  it('tells times as mails do', () => {
    expect(timeText('2026-11-25T04:47:47.741Z')).toBe('Wed, 25 Nov 2026 04:47:47 +0000')
    expect(timeText(undefined)).toBe('<unset>')
  })
})
