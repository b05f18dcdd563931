import { UsageError } from './failure.ts'

/** What labels or annotations become. */
export interface MetadataChange {
  readonly set: Readonly<Record<string, string>>
  readonly remove: readonly string[]
}

/** Which of the two is changed. */
export type MetadataField = 'labels' | 'annotations'

/** Splits the arguments of `label` and `annotate` into those that name objects and those that say changes. */
export function splitArguments(args: readonly string[]): { readonly targets: string[]; readonly changes: string[] } {
  const first = args.findIndex((arg) => arg.includes('=') || arg.endsWith('-'))
  return first < 0 ? { targets: [...args], changes: [] } : { targets: args.slice(0, first), changes: args.slice(first) }
}

/**
 * Reads `KEY=VALUE` and `KEY-`. Throws a UsageError for anything else, and for a key that is both set and removed.
 * Values may have any `=` in them.
 */
export function parseMetadataChange(changes: readonly string[], field: MetadataField): MetadataChange {
  const set: Record<string, string> = {}
  const remove: string[] = []
  const noun = field.slice(0, -1)
  for (const change of changes) {
    const equals = change.indexOf('=')
    if (equals > 0) set[change.slice(0, equals)] = change.slice(equals + 1)
    else if (equals < 0 && change.endsWith('-') && change.length > 1) remove.push(change.slice(0, -1))
    else throw new UsageError(`invalid ${noun} format: ${change}; say KEY=VALUE, or KEY- to remove it`)
  }
  const both = remove.find((key) => Object.hasOwn(set, key))
  if (both !== undefined) throw new UsageError(`can not both modify and remove the ${noun} "${both}" in one command`)
  return { set, remove }
}

/** What stands against setting values without `--overwrite`: one sentence, or undefined. A value that is so already may be set again. */
export function overwriteFault(
  present: Readonly<Record<string, string>>,
  { set }: MetadataChange,
  field: MetadataField,
): string | undefined {
  const taken = Object.entries(set).flatMap(([key, value]) => {
    const now = Object.hasOwn(present, key) ? present[key] : undefined
    return now === undefined || now === value ? [] : [`'${key}' already has a value (${now})`]
  })
  if (taken.length === 0) return undefined
  if (field === 'labels') return `${taken.join('; ')}, and --overwrite is false`
  return `--overwrite is false but found the following declared annotation(s): ${taken.join('; ')}`
}

/** The merge patch of a change, and whether it changes anything. */
export function metadataPatch(
  present: Readonly<Record<string, string>>,
  { set, remove }: MetadataChange,
  field: MetadataField,
): { readonly patch: Readonly<Record<string, unknown>> | undefined; readonly missing: readonly string[] } {
  const missing = remove.filter((key) => !Object.hasOwn(present, key))
  const entries: [string, string | null][] = [
    ...Object.entries(set).filter(([key, value]) => present[key] !== value),
    ...remove.filter((key) => Object.hasOwn(present, key)).map((key): [string, null] => [key, null]),
  ]
  const patch = entries.length === 0 ? undefined : { metadata: { [field]: Object.fromEntries(entries) } }
  return { patch, missing }
}
