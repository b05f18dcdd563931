import type { Resource } from '../model/resource.ts'
import { columnsOfFile, parseColumns } from './custom-columns.ts'
import { UsageError } from './failure.ts'
import { parseTemplate, type TemplateOptions } from './json-path-template.ts'
import { documentOf, type PrintOptions, sortKeys } from './object-document.ts'
import { resourceName } from './resource-name.ts'
import { readSource } from './source.ts'
import type { Surroundings } from './surroundings.ts'

/** Makes a text of objects, which is printed as it is. */
export type Printer = (objects: readonly Resource[], options: PrintOptions) => string

/** What `-o` asks for: a table, whose columns are those of the kinds, or a text for programs. */
export type OutputFormat =
  | { readonly kind: 'table'; readonly isWide: boolean }
  | { readonly kind: 'text'; readonly print: Printer }

interface FormatOptions extends TemplateOptions {
  readonly hasHeaders?: boolean
}

/**
 * Reads what `-o` was given, and the file that it may name. Without it, objects come as a table. Throws a UsageError for what
 * is no format.
 */
export async function readOutputFormat(
  text: string | undefined,
  { input, hasHeaders = true, allowsMissing = true }: Pick<Surroundings, 'input'> & FormatOptions,
): Promise<OutputFormat> {
  if (text === undefined || text === '' || text === 'wide') return { kind: 'table', isWide: text === 'wide' }
  if (text === 'json') return textOf(formatJson)
  if (text === 'yaml') return textOf((await import('./object-yaml.ts')).formatYaml)
  if (text === 'name') return textOf((objects) => objects.map((object) => `${resourceName(object)}\n`).join(''))
  const [, name = '', argument = ''] = /^([a-z-]+)=(.*)$/s.exec(text) ?? [undefined, text]
  const print = await printerOf(name, { argument, hasHeaders, allowsMissing, input })
  if (print !== undefined) return textOf(print)
  const allowed = 'custom-columns,custom-columns-file,json,jsonpath,jsonpath-file,name,wide,yaml'
  throw new UsageError(
    `unable to match a printer suitable for the output format "${text}", allowed formats are: ${allowed}`,
  )
}

interface Given extends Pick<Surroundings, 'input'>, Required<FormatOptions> {
  readonly argument: string
}

async function printerOf(name: string, given: Given): Promise<Printer | undefined> {
  if (!['jsonpath', 'jsonpath-file', 'custom-columns', 'custom-columns-file'].includes(name)) return undefined
  const { argument, hasHeaders } = given
  if (argument === '') throw new UsageError(`-o ${name} needs more: -o ${name}=${example(name)}`)
  const source = name.endsWith('-file') ? await readSource(argument, given) : argument
  if (name.startsWith('jsonpath')) return templatePrinter(source, given)
  const columns = name === 'custom-columns' ? parseColumns(source) : columnsOfFile(source)
  return (objects, { isFirst = true }) => columns(objects, { hasHeader: hasHeaders && isFirst })
}

function example(name: string): string {
  if (name.endsWith('-file')) return 'FILE'
  return name === 'jsonpath' ? "'{.metadata.name}'" : 'NAME:.metadata.name'
}

function templatePrinter(source: string, options: TemplateOptions): Printer {
  const template = parseTemplate(source, options)
  return (objects, options) => template(documentOf(objects, options))
}

function formatJson(objects: readonly Resource[], options: PrintOptions): string {
  return `${JSON.stringify(sortKeys(documentOf(objects, options)), null, 4)}\n`
}

function textOf(print: Printer): OutputFormat {
  return { kind: 'text', print }
}
