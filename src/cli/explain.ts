import { type Shape, shapeOf } from '../model/field-shape.ts'
import type { KindDefinition } from '../model/kind.ts'
import { suggestName } from '../model/names.ts'
import { objectMeta } from '../model/resource.ts'
import { alignTabs } from './describe/description.ts'
import { CommandError } from './failure.ts'
import { parseTargets } from './target.ts'

/**
 * What a kind, or a field such as `pods.spec.containers`, means, and which fields it has, as `kubectl explain` prints it; all
 * the way down where `isRecursive`. Throws a CommandError for what is not there.
 */
export function explain(path: string, { isRecursive }: { readonly isRecursive: boolean }): string {
  const { definition, names, shape } = shapeAt(path)
  const name = names.at(-1)
  return [
    ...headLines(definition),
    ...(name === undefined ? [] : [`FIELD: ${name} <${typeName(shape)}>${enumText(shape, '\n')}`, '']),
    'DESCRIPTION:',
    ...wrapped(descriptionOf(shape), '    '),
    '',
    ...fieldLines(shape, isRecursive),
  ].join('\n')
}

/** The fields of what a path such as `pods.spec` leads to. Throws a CommandError for what is not there. */
export function fieldsBelow(path: string): { readonly name: string; readonly description: string }[] {
  return sortedFields(shapeAt(path).shape).map(([name, { description = '' }]) => ({ name, description }))
}

interface Place {
  readonly definition: KindDefinition
  /** Names of the fields from the kind down. */
  readonly names: readonly string[]
  readonly shape: Shape
}

function shapeAt(path: string): Place {
  const [word = '', ...names] = path.split('.').filter((part) => part !== '')
  const [definition] = parseTargets([word]).kinds
  if (definition === undefined) throw new CommandError(`the server doesn't have a resource type "${word}"`)
  return { definition, names, shape: names.reduce(fieldOf, kindShape(definition)) }
}

function headLines({ apiVersion, kind }: KindDefinition): string[] {
  const [version = '', group] = apiVersion.split('/').toReversed()
  const lines = [...(group === undefined ? [] : [`GROUP:\t${group}`]), `KIND:\t${kind}`, `VERSION:\t${version}`]
  return [alignTabs(lines)]
}

function kindShape(definition: KindDefinition): Shape {
  const body = shapeOf(definition.body)
  const text = (description: string): Shape => ({
    description,
    id: undefined,
    optional: true,
    type: { kind: 'scalar', name: 'String' },
  })
  const fields = {
    apiVersion: text(`Version of the kind: ${definition.apiVersion}.`),
    kind: text(`The kind: ${definition.kind}.`),
    metadata: metadataShape(),
    ...(body.type.kind === 'object' ? body.type.fields : {}),
  }
  return { description: definition.description, id: definition.kind, optional: false, type: { kind: 'object', fields } }
}

/** Nothing of it must be written: the server fills in what every object has, and makes a name of `generateName`. */
function metadataShape(): Shape {
  const shape = shapeOf(objectMeta)
  const fields = Object.entries(fieldsOf(shape) ?? {}).map(([name, field]) => [name, { ...field, optional: true }])
  return { ...shape, optional: true, type: { kind: 'object', fields: Object.fromEntries(fields) as Fields } }
}

function fieldOf(shape: Shape, name: string): Shape {
  const fields = fieldsOf(shape) ?? {}
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (field !== undefined) return field
  const near = suggestName(name, Object.keys(fields))
  throw new CommandError(`field "${name}" does not exist${near === undefined ? '' : `, did you mean "${near}"?`}`)
}

type Fields = Readonly<Record<string, Shape>>

/** The fields of an object, or of the elements of a list. */
function fieldsOf({ type }: Shape): Fields | undefined {
  if (type.kind === 'list') return fieldsOf(type.element)
  return type.kind === 'object' ? type.fields : undefined
}

function fieldLines(shape: Shape, isRecursive: boolean): string[] {
  const lines = isRecursive ? treeLines(shape, '  ') : sortedFields(shape).flatMap(described)
  return lines.length === 0 ? [] : ['FIELDS:', ...lines, '']
}

function descriptionOf({ description = '<empty>', deprecationReason }: Shape): string {
  return deprecationReason === undefined ? description : `${description} Deprecated: ${deprecationReason}`
}

function described([name, field]: readonly [string, Shape]): string[] {
  return [
    `  ${name}\t<${typeName(field)}>${required(field)}${enumText(field, '\n  ')}`,
    ...wrapped(descriptionOf(field), '    '),
    '',
  ]
}

function treeLines(shape: Shape, indent: string): string[] {
  return sortedFields(shape).flatMap(([name, field]) => [
    `${indent}${name}\t<${typeName(field)}>${required(field)}${enumText(field, `\n${indent}`)}`,
    ...treeLines(field, `${indent}  `),
  ])
}

function sortedFields(shape: Shape): readonly (readonly [string, Shape])[] {
  return Object.entries(fieldsOf(shape) ?? {}).toSorted(([left], [right]) => (left < right ? -1 : 1))
}

function required({ optional }: Shape): string {
  return optional ? '' : ' -required-'
}

function enumText({ type }: Shape, before: string): string {
  return type.kind === 'enum' ? `${before}enum: ${type.values.join(', ')}` : ''
}

/** How people call the scalars. */
const scalarNames: Readonly<Record<string, string>> = {
  String: 'string',
  Int: 'integer',
  Int64: 'integer',
  Float: 'number',
  Boolean: 'boolean',
  StringMap: 'map[string]string',
  DateTime: 'Time',
  JSON: 'Object',
  ResourceVersion: 'string',
}

function typeName({ type, id }: Shape): string {
  if (type.kind === 'list') return `[]${typeName(type.element)}`
  if (type.kind === 'object') return id ?? 'Object'
  return type.kind === 'enum' ? 'string' : (scalarNames[type.name] ?? type.name)
}

const lineLength = 80

function wrapped(text: string, indent: string): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1)
    if (line === undefined || `${line} ${word}`.length > lineLength) lines.push(`${indent}${word}`)
    else lines[lines.length - 1] = `${line} ${word}`
  }
  return lines
}
