// Bundles the built client into one module for browsers: node scripts/bundle-client.mjs [FOLDER], by default in dist

import { join } from 'node:path'
import { build } from 'rolldown'
import { root } from './setup.mjs'

const folder = join(root, process.argv[2] ?? 'dist')

await build({
  input: join(folder, 'src/client/index.js'),
  platform: 'browser',
  logLevel: 'warn',
  output: { file: join(folder, 'client/myriad-client.js'), format: 'esm', minify: true, codeSplitting: false },
})
