import { listLines, section } from './description.ts'

/** Any value as lines of a description, its fields named in words: `defaultMode` as `Default Mode`. */
export function plainLines(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((element) => plainLines(element))
  if (!isMap(value)) return value === undefined ? [] : [textOf(value)]
  return Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .flatMap(([field, inner]) => {
      const title = titleOf(field)
      if (!isMap(inner) && !Array.isArray(inner)) return listLines(title, [textOf(inner)])
      return section(title, plainLines(inner))
    })
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function titleOf(field: string): string {
  const words = field.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
