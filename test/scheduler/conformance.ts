import { existsSync, readFileSync } from 'node:fs'
import { describe, it } from 'vitest'

const folder = new URL('../../../shared/conformance/', import.meta.url)

/**
 * Runs tests over one file of recorded upstream behaviour with one JSON value per line. Where the file is absent one test
 * is reported as skipped, named after it.
 */
export function describeConformanceLines<Line>(file: string, tests: (lines: readonly Line[]) => void): void {
  const path = new URL(file, folder)
  describe(`conformance ${file}`, () => {
    if (!existsSync(path)) {
      it.skip(`${file} is absent`)
      return
    }
    const lines = readFileSync(path, 'utf8').split('\n')
    tests(lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Line))
  })
}
