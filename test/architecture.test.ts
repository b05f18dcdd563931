import { describe, expect, it } from 'vitest'
import { findLayerViolations, layers } from './support/layers.ts'
import { readSourceTree } from './support/source-tree.ts'

describe('layers', () => {
  const tree = readSourceTree(['schema', 'src', 'client-examples'], /\.ts$/)

  it('import only what their row of the table allows', () => {
    expect(tree.size).toBeGreaterThan(50)
    expect(findLayerViolations(tree)).toEqual([])
  })

  it('form no cycle', () => {
    const visited = new Map<string, 'open' | 'closed'>()
    const visit = (name: string, trail: readonly string[]): void => {
      expect(visited.get(name), `cycle: ${[...trail, name].join(' → ')}`).not.toBe('open')
      if (visited.has(name)) return
      visited.set(name, 'open')
      for (const next of layers[name]?.layers ?? []) visit(next, [...trail, name])
      visited.set(name, 'closed')
    }
    for (const name of Object.keys(layers)) visit(name, [])
  })
})

describe('the check of the layers', () => {
  it.each([
    ['allows a neighbour', 'src/model/a.ts', `import { b } from './b.ts'`],
    ['allows a layer of the row', 'src/store/a.ts', `import type { B } from '../model/b.ts'`],
    ['allows a package of the row', 'src/model/a.ts', `import { z } from 'zod'`],
    ['allows a subpath of a package', 'schema/a.ts', `import { b } from 'graphql/execution'`],
    ['allows Node where the row has it', 'src/store/a.ts', `import { join } from 'node:path'`],
    ['allows a nested folder of the same layer', 'schema/types/pod.ts', `import { b } from '../builder.ts'`],
    ['allows the store its generated client', 'src/store/a.ts', `import { B } from '../../prisma/generated/client.ts'`],
    ['allows the published client by its name', 'client-examples/a.ts', `import { b } from 'myriad/client'`],
    ['allows the composition root everything', 'src/main.ts', `import { b } from './server/b.ts'`],
    ['allows a worker of the own layer', 'src/control/a.ts', `new Worker(new URL('./worker.ts', import.meta.url))`],
  ])('%s', (_, path, source) => {
    expect(findLayerViolations(new Map([[path, source]]))).toEqual([])
  })

  it.each([
    ['a value', 'src/model/a.ts', `import { b } from '../store/b.ts'`, 'model may not import ../store/b.ts'],
    ['a type', 'src/model/a.ts', `import type { B } from '../store/b.ts'`, 'model may not import ../store/b.ts'],
    ['an inline type', 'src/model/a.ts', `let b: import('../store/b.ts').B`, 'model may not import ../store/b.ts'],
    ['a re-export', 'src/model/a.ts', `export { b } from '../store/b.ts'`, 'model may not import ../store/b.ts'],
    ['a whole re-export', 'src/model/a.ts', `export * from '../store/b.ts'`, 'model may not import ../store/b.ts'],
    ['a side effect', 'src/model/a.ts', `import '../store/b.ts'`, 'model may not import ../store/b.ts'],
    ['a dynamic import', 'src/model/a.ts', `await import('../store/b.ts')`, 'model may not import ../store/b.ts'],
    ['a require', 'src/model/a.ts', `require('../store/b.ts')`, 'model may not import ../store/b.ts'],
    ['a worker', 'src/store/a.ts', `new URL('../server/b.ts', import.meta.url)`, 'store may not import ../server/b.ts'],
    ['Node in the model', 'src/model/a.ts', `import 'node:fs'`, 'model may not import node:fs'],
    ['Node by its short name', 'src/store/a.ts', `import 'fs'`, 'store may not import fs'],
    ['Node in the client', 'src/client/a.ts', `import 'node:http'`, 'client may not import node:http'],
    ['a package in the scheduler', 'src/scheduler/a.ts', `import 'zod'`, 'scheduler may not import zod'],
    ['a name that only begins alike', 'src/model/a.ts', `import 'zodiac'`, 'model may not import zodiac'],
    ['Prisma outside the store', 'src/watch/a.ts', `import '@prisma/client'`, 'watch may not import @prisma/client'],
    [
      'the generated client outside the store',
      'schema/a.ts',
      `import type { B } from '../prisma/generated/client.ts'`,
      'schema may not import ../prisma/generated/client.ts',
    ],
    ['the composition root', 'src/cli/a.ts', `import '../main.ts'`, 'cli may not import ../main.ts'],
    ['tests', 'src/model/a.ts', `import '../../test/support/b.ts'`, 'model may not import ../../test/support/b.ts'],
    ['a folder without a row', 'src/lost/a.ts', `export const a = 1`, 'lost has no row in the table of layers'],
    ['a file beside the folders', 'src/a.ts', `export const a = 1`, 'src/a.ts has no row in the table of layers'],
    [
      'an import that is computed',
      'src/store/a.ts',
      `await import(name)`,
      'an import whose target is computed cannot be checked',
    ],
  ])('refuses %s', (_, path, source, fault) => {
    expect(findLayerViolations(new Map([[path, source]]))).toEqual([`${path}: ${fault}`])
  })
})
