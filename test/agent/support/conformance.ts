import { existsSync, readFileSync } from 'node:fs'

/** The tables of a file of recorded cases beside the repository; undefined where it is not there. */
export function conformanceTables(file: string): Record<string, Record<string, never>[]> | undefined {
  const url = new URL(`../../../../shared/conformance/${file}`, import.meta.url)
  if (!existsSync(url)) return undefined
  return (JSON.parse(readFileSync(url, 'utf8')) as { tables: Record<string, Record<string, never>[]> }).tables
}
