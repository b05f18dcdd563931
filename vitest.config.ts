import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  // One copy of graphql: without these conditions, and this extension, Vitest loads its CommonJS and its module form side
  // by side.
  ssr: { resolve: { conditions: ['node', 'module-sync', 'import', 'default'] } },
  test: {
    alias: [
      { find: /^graphql$/, replacement: 'graphql/index.js' },
      { find: 'myriad/client', replacement: join(import.meta.dirname, 'src/client/index.ts') },
    ],
    // Default imports of CommonJS packages as Node itself has them.
    deps: { interopDefault: false },
    include: ['test/**/*.test.ts'],
    // A worker loads what the tests import once and not for each file: half of the time would go into that.
    isolate: false,
    restoreMocks: true,
    // Tests wait for processes, disks and sockets half of the time; Vitest would leave one processor free.
    maxWorkers: availableParallelism(),
    globalSetup: 'test/support/test-run.ts',
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
})
