import { posix } from 'node:path'
import { parseModule } from './module-syntax.ts'
import type { SourceTree } from './source-tree.ts'

/** What one layer may import beside itself. */
interface Layer {
  /** Other layers, by their rows in the table. */
  readonly layers: readonly string[]
  /** Packages; a name that ends in `/` stands for all of a scope. `node:` stands for what comes with Node. */
  readonly packages: readonly string[]
}

/** Who may import whom, types included. A folder without a row may import nothing and fails. */
export const layers: Readonly<Record<string, Layer>> = {
  model: { layers: [], packages: ['zod'] },
  scheduler: { layers: ['model'], packages: [] },
  manifest: { layers: ['model'], packages: ['yaml'] },
  store: { layers: ['model', 'prisma/generated'], packages: ['node:', '@prisma/', 'sorted-btree'] },
  watch: { layers: ['model', 'store'], packages: ['node:'] },
  commands: { layers: ['model', 'store', 'manifest'], packages: ['node:', 'zod'] },
  control: { layers: ['model', 'store', 'watch', 'scheduler'], packages: ['node:'] },
  schema: {
    layers: ['model', 'store', 'watch', 'commands', 'scheduler'],
    packages: ['node:', '@pothos/', 'graphql', 'graphql-jit', 'zod'],
  },
  client: { layers: [], packages: ['graphql', 'graphql-ws', 'ws'] },
  codegen: { layers: ['model'], packages: ['node:', 'graphql', '@graphql-codegen/'] },
  agent: { layers: ['model', 'client'], packages: ['node:', 'ws'] },
  cli: {
    layers: ['model', 'client'],
    packages: ['node:', 'commander', 'graphql', 'picocolors', 'string-width', 'tinyglobby', 'ws', 'yaml'],
  },
  dashboard: { layers: ['client'], packages: [] },
  'client-examples': {
    layers: ['client'],
    packages: [
      'node:',
      '@apollo/client',
      '@graphql-typed-document-node/core',
      '@urql/core',
      'graphql',
      'graphql-ws',
      'ws',
    ],
  },
  server: {
    layers: ['schema', 'store', 'watch', 'commands', 'model'],
    packages: [
      'node:',
      'commander',
      'graphql',
      'graphql-jit',
      'graphql-ws',
      'graphql-yoga',
      '@graphql-yoga/',
      'prom-client',
      'ws',
      'zod',
    ],
  },
  demo: { layers: ['model', 'client'], packages: ['node:', 'ws'] },
  'prisma/generated': { layers: [], packages: ['@prisma/'] },
}

/** Programs: they join layers, so they may import all of them. Nothing may import a program. */
const programs = new Set(['src/main.ts', 'src/programs.ts', 'src/up.ts', 'src/agent-process.ts', 'src/print-schema.ts'])

/** One sentence for each import that the table does not allow, and for each file that belongs to no layer. */
export function findLayerViolations(tree: SourceTree): string[] {
  return [...tree].flatMap(([path, source]) => (programs.has(path) ? [] : violationsOf(path, source)))
}

function violationsOf(path: string, source: string): string[] {
  const own = layerOf(path)
  const row = layers[own]
  if (row === undefined) return [`${path}: ${own} has no row in the table of layers`]
  const { imports, hasComputedImport } = parseModule(path, source)
  const violations = imports.flatMap((specifier) => {
    const allowed = specifier.startsWith('.') ? isLayerAllowed(path, specifier) : isPackageAllowed(row, specifier)
    return allowed ? [] : [`${path}: ${own} may not import ${specifier}`]
  })
  return hasComputedImport
    ? [...violations, `${path}: an import whose target is computed cannot be checked`]
    : violations
}

function isLayerAllowed(path: string, specifier: string): boolean {
  const own = layerOf(path)
  const target = layerOf(posix.join(posix.dirname(path), specifier))
  return target === own || (layers[own]?.layers.includes(target) ?? false)
}

function isPackageAllowed(row: Layer, specifier: string): boolean {
  if (specifier === 'myriad/client') return row.layers.includes('client')
  return row.packages.some((name) => {
    if (name.endsWith('/') || name.endsWith(':')) return specifier.startsWith(name)
    return specifier === name || specifier.startsWith(`${name}/`)
  })
}

/** The row that a path belongs to: the folder below src, or the one at the top. The path itself when it is in none. */
function layerOf(path: string): string {
  const [top = '', second = '', ...rest] = path.split('/')
  if (top === 'prisma' && second === 'generated') return 'prisma/generated'
  if (top !== 'src') return second === '' ? path : top
  return rest.length === 0 ? path : second
}
