import { describe, expect, it } from 'vitest'
import { alignTabs } from '../../../src/cli/describe/description.ts'
import { plainLines } from '../../../src/cli/describe/plain-lines.ts'

describe('the description of anything else', () => {
  it('tells the fields of anything else in words', () => {
    expect(alignTabs(plainLines({ defaultMode: 420, sources: [{ podName: 'a' }], empty: {}, no: undefined }))).toBe(
      'Default Mode:  420\nSources:\n  Pod Name:  a\nEmpty:       <none>\n',
    )
  })
})
