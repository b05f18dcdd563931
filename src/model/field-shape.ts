import type { z } from 'zod'

/** What GraphQL and people have to know of a zod type: the wrappers taken off, the facts gathered. */
export interface Shape {
  readonly description: string | undefined
  readonly id: string | undefined
  /** Why it had better not be used, or what to use instead. */
  readonly deprecationReason?: string | undefined
  /** A writer may leave it out. */
  readonly optional: boolean
  readonly type:
    | { readonly kind: 'scalar'; readonly name: ScalarName }
    | { readonly kind: 'enum'; readonly values: readonly string[] }
    | { readonly kind: 'list'; readonly element: Shape }
    | { readonly kind: 'object'; readonly fields: Readonly<Record<string, Shape>> }
}

export type ScalarName =
  | 'String'
  | 'Int'
  | 'Float'
  | 'Boolean'
  | 'StringMap'
  | 'Quantity'
  | 'IntOrString'
  | 'Int64'
  | 'DateTime'
  | 'JSON'
  | 'ResourceVersion'

/** The shape of a field further down. */
export function partOf(shape: Shape, ...path: readonly string[]): Shape {
  return path.reduce((whole, name) => {
    const part = whole.type.kind === 'object' ? whole.type.fields[name] : undefined
    if (part === undefined) throw new Error(`no field ${path.join('.')}`)
    return part
  }, shape)
}

interface Facts {
  deprecationReason?: string | undefined
  description?: string | undefined
  id?: string | undefined
  scalar?: ScalarName | undefined
  optional: boolean
}

const shapes = new WeakMap<z.core.$ZodType, Shape>()

/** Reads a zod type. Throws on a construction that has no GraphQL counterpart: such a field needs `scalar` in its meta. */
export function shapeOf(schema: z.core.$ZodType): Shape {
  const known = shapes.get(schema)
  if (known !== undefined) return known
  const shape = unwrap(schema as z.ZodType, { optional: false })
  shapes.set(schema, shape)
  return shape
}

function unwrap(schema: z.ZodType, facts: Facts): Shape {
  const meta = schema.meta()
  facts.description ??= meta?.description
  facts.deprecationReason ??= meta?.deprecationReason
  facts.scalar ??= meta?.scalar
  const def = schema.def as z.core.$ZodTypes['_zod']['def']
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'readonly':
    case 'lazy':
    case 'pipe': {
      facts.optional ||= def.type !== 'readonly' && def.type !== 'lazy' && def.type !== 'pipe'
      const inner = def.type === 'lazy' ? def.getter() : def.type === 'pipe' ? innermost(def) : def.innerType
      return unwrap(inner as z.ZodType, facts)
    }
    default:
      facts.id ??= meta?.id
      return {
        description: facts.description,
        deprecationReason: facts.deprecationReason,
        id: facts.id,
        optional: facts.optional,
        type: typeOf(schema, def, facts),
      }
  }
}

/** Of `transform → type` and `type → transform` the side that has a type. */
function innermost(def: z.core.$ZodPipeDef): z.core.$ZodType {
  return (def.in as z.ZodType).def.type === 'transform' ? def.out : def.in
}

function typeOf(schema: z.ZodType, def: z.core.$ZodTypes['_zod']['def'], facts: Facts): Shape['type'] {
  if (facts.scalar !== undefined) return { kind: 'scalar', name: facts.scalar }
  switch (def.type) {
    case 'string':
      return { kind: 'scalar', name: 'String' }
    case 'boolean':
      return { kind: 'scalar', name: 'Boolean' }
    case 'number':
      return { kind: 'scalar', name: (schema as z.ZodNumber).format?.includes('int') === true ? 'Int' : 'Float' }
    case 'enum':
      return enumOf(Object.values(def.entries).map(String))
    case 'literal':
      return enumOf(def.values.map(String))
    case 'array':
      return { kind: 'list', element: shapeOf(def.element) }
    case 'record':
      return { kind: 'scalar', name: 'StringMap' }
    case 'object':
      return { kind: 'object', fields: fieldsOf(def.shape) }
    case 'any':
    case 'unknown':
      return { kind: 'scalar', name: 'JSON' }
    default:
      throw new Error(`a zod "${def.type}" has no GraphQL counterpart; give it a scalar in its meta`)
  }
}

/** Values that are no GraphQL names make a plain string; validation still knows them. */
function enumOf(values: readonly string[]): Shape['type'] {
  const named = values.every((value) => /^[A-Za-z_]\w*$/.test(value) && !['true', 'false', 'null'].includes(value))
  return named ? { kind: 'enum', values } : { kind: 'scalar', name: 'String' }
}

function fieldsOf(shape: z.core.$ZodShape): Record<string, Shape> {
  return Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, shapeOf(field)]))
}
