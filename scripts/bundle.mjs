// Bundles the command line, so that it starts fast: a file for what is always needed, one for each part that is loaded only
// when a command needs it. The parts of the control plane stay the modules that they are.

import { join } from 'node:path'
import { build } from 'esbuild'

/** Puts the built `src/main.js` and all that it imports into a few files in its place. `folder` is that of the build. */
export async function bundleCommandLine(folder) {
  await build({
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
}
