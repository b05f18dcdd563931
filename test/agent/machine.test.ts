import { describe, expect, it } from 'vitest'
import { systemName } from '../../src/agent/machine.ts'

describe('the name of the installed system', () => {
  it.each([
    ['NAME="Debian"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n', 'Debian GNU/Linux 12 (bookworm)'],
    ["PRETTY_NAME='Alpine Linux v3.20'\n", 'Alpine Linux v3.20'],
    ['PRETTY_NAME=Void\n', 'Void'],
    ['NAME=nameless\n', undefined],
    ['', undefined],
  ])('is read from %j', (text, name) => {
    expect(systemName(text)).toBe(name)
  })
})
