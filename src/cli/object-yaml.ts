import { stringify } from 'yaml'
import type { Resource } from '../model/resource.ts'
import { documentOf, type PrintOptions, sortKeys } from './object-document.ts'

/** Objects as YAML, as kubectl prints it: lists at the depth of their key, long lines whole. */
export function formatYaml(objects: readonly Resource[], options: PrintOptions): string {
  const text = yamlText(sortKeys(documentOf(objects, options)))
  return options.isFirst === false ? `---\n${text}` : text
}

/** Any value as YAML in kubectl's style; what YAML 1.1 would take for a boolean is quoted. */
export function yamlText(value: unknown): string {
  return stringify(value, { lineWidth: 0, indentSeq: false, compat: 'yaml-1.1', aliasDuplicateObjects: false })
}
