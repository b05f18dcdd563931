import { existsSync, readFileSync } from 'node:fs'
import { describe, it } from 'vitest'

const folder = new URL('../../../shared/conformance/', import.meta.url)

/**
 * Runs tests over one file of recorded upstream behaviour, parsed as JSON. Where the file is absent one test is reported as
 * skipped, named after it.
 */
export function describeConformance<Data>(file: string, tests: (data: Data) => void): void {
  const path = new URL(file, folder)
  describe(`conformance ${file}`, () => {
    if (existsSync(path)) tests(JSON.parse(readFileSync(path, 'utf8')) as Data)
    else it.skip(`${file} is absent`)
  })
}
