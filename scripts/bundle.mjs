// Bundles what was built: node scripts/bundle.mjs [FOLDER], by default dist. The client becomes one module for browsers. The
// command line becomes a file for what is always needed and one for each part that only some commands need, so that it starts
// fast; the parts of the control plane stay the modules that they are.

import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { build } from 'rolldown'
import { root } from './setup.mjs'

const folder = join(root, process.argv[2] ?? 'dist')

await bundleClient()
await bundleCommandLine()

function bundleClient() {
  return build({
    input: join(folder, 'src/client/index.js'),
    platform: 'browser',
    logLevel: 'warn',
    output: { file: join(folder, 'client/myriad-client.js'), format: 'esm', minify: true, codeSplitting: false },
  })
}

/**
 * Puts `src/main.js` and all that it imports into a few files in its place; `src/chunks/parts.json` tells which modules are in
 * which.
 */
async function bundleCommandLine() {
  const programs = join(folder, 'src/programs.js')
  const { output } = await build({
    input: join(folder, 'src/main.js'),
    platform: 'node',
    logLevel: 'warn',
    external: (id, importer) => importer !== undefined && join(importer, '..', id) === programs,
    output: {
      dir: join(folder, 'src'),
      format: 'esm',
      chunkFileNames: 'chunks/[name]-[hash].js',
      minify: true,
    },
  })
  const parts = output.map(({ fileName, moduleIds = [] }) => [fileName, moduleIds.map((id) => relative(root, id))])
  writeFileSync(join(folder, 'src/chunks/parts.json'), JSON.stringify(Object.fromEntries(parts), null, 2))
}
