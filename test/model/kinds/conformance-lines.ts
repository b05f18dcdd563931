import { existsSync, readFileSync } from 'node:fs'
import { describe, it } from 'vitest'

const folder = new URL('../../../../shared/conformance/', import.meta.url)

/**
 * Runs tests over the rows of a file of recorded upstream behaviour, one JSON object a line, the first line apart. Where
 * the file is absent one test is reported as skipped, named after it.
 */
export function describeConformanceLines<Row>(file: string, tests: (rows: readonly Row[]) => void): void {
  const path = new URL(file, folder)
  describe(`conformance ${file}`, () => {
    if (existsSync(path))
      tests(
        readFileSync(path, 'utf8')
          .trim()
          .split('\n')
          .slice(1)
          .map((line) => JSON.parse(line) as Row),
      )
    else it.skip(`${file} is absent`)
  })
}
