import { existsSync, readFileSync } from 'node:fs'
import { describe, it } from 'vitest'

const folder = new URL('../../../shared/conformance/', import.meta.url)

/**
 * Runs tests over one file of recorded upstream behaviour, parsed as JSON. Where the file is absent one test is reported as
 * skipped, named after it.
 */
export function describeConformance<Data>(file: string, tests: (data: Data) => void): void {
  describeFile(file, (text) => tests(JSON.parse(text) as Data))
}

/** The same for a file of one JSON object a line, of which the first tells where the others come from. */
export function describeConformanceLines<Row>(file: string, tests: (rows: readonly Row[]) => void): void {
  describeFile(file, (text) => {
    const [, ...lines] = text.trim().split('\n')
    tests(lines.map((line) => JSON.parse(line) as Row))
  })
}

function describeFile(file: string, tests: (text: string) => void): void {
  const path = new URL(file, folder)
  describe(`conformance ${file}`, () => {
    if (existsSync(path)) tests(readFileSync(path, 'utf8'))
    else it.skip(`${file} is absent`)
  })
}
