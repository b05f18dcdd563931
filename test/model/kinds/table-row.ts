import { definitionOf } from '../../../src/model/kinds.ts'
import type { Resource } from '../../../src/model/resource.ts'

const now = Date.parse('2026-01-01T01:00:00Z')

/** The row of an object in a table at 2026-01-01T01:00:00Z or another time, by the names of the columns. */
export function rowOf(object: unknown, at = now): Record<string, string> {
  const resource = object as Resource
  return Object.fromEntries(definitionOf(resource.kind).columns.map(({ name, cell }) => [name, cell(resource, at)]))
}
