import { expect, it } from 'vitest'
import { expand } from '../../../../src/agent/runtimes/containers/expansion.ts'

const variables = new Map([
  ['A', 'one'],
  ['B', '$(A)'],
  ['EMPTY', ''],
])

it.each([
  ['replaces a variable', 'x-$(A)-y', 'x-one-y'],
  ['replaces every occurrence', '$(A)$(A)', 'oneone'],
  ['does not look into a value', '$(B)', '$(A)'],
  ['replaces by nothing what is empty', '[$(EMPTY)]', '[]'],
  ['leaves what is not defined', '$(NOT)', '$(NOT)'],
  ['makes one dollar of two', '$$(A)', '$(A)'],
  ['makes a dollar and a value of three', '$$$(A)', '$one'],
  ['leaves a lone dollar', 'a$b $', 'a$b $'],
  ['leaves what is not closed', '$(A', '$(A'],
  ['leaves other brackets', '${A}', '${A}'],
])('%s', (_sentence, text, expanded) => {
  expect(expand(text, variables)).toBe(expanded)
})
