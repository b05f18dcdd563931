// Bundles the command line, so that it starts fast: a file for what is always needed, one for each part that is loaded only
// when a command needs it. The parts of the control plane stay the modules that they are. `node scripts/bundle-command-line.mjs FOLDER`,
// the folder of a build; a process of its own, because esbuild leaves one behind in the process that uses it.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const [folder = 'dist'] = process.argv.slice(2)

/**
 * Puts the built `src/main.js` and all that it imports into a few files in its place; `src/chunks/parts.json` tells which
 * modules are in which.
 */
const { metafile } = await build({
  absWorkingDir: folder,
  metafile: true,
  entryPoints: [join(folder, 'src/main.js')],
  outdir: join(folder, 'src'),
  allowOverwrite: true,
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  minifySyntax: true,
  minifyWhitespace: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: ['./programs.js'],
  // Some packages are CommonJS and ask for modules of Node.
  banner: {
    js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`,
  },
  logLevel: 'error',
})
const parts = Object.entries(metafile.outputs).map(([file, { inputs }]) => [file, Object.keys(inputs)])
writeFileSync(join(folder, 'src/chunks/parts.json'), JSON.stringify(Object.fromEntries(parts), null, 2))
