import { defineConfig } from 'vitest/config'

export default defineConfig({
  ssr: { resolve: { conditions: ['node', 'module-sync', 'import', 'default'] } },
  test: { include: ['test/**/*.test.ts'], testTimeout: 20_000 },
})
