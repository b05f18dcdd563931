import { GraphQLError, Kind, type ValueNode, valueFromASTUntyped } from 'graphql'
import { shown } from '../src/model/fault.ts'
import type { Builder } from './builder.ts'

/** The scalars of design: their wire forms, and what is refused. What is inside is judged by the kinds' validation. */
export function addScalars(builder: Builder): void {
  builder.scalarType('StringMap', {
    description: 'A map from text to text, as a JSON object: labels, annotations, resource quantities.',
    serialize: (value) => value,
    parseValue: (value) => parseMap(value),
    parseLiteral: (node) => parseMap(valueFromASTUntyped(node)),
  })
  builder.scalarType('Quantity', {
    description: 'A Kubernetes resource quantity, for example "250m", "1Gi" or 2.',
    serialize: (value: unknown) => String(value),
    parseValue: (value) => parseTextOrNumber('Quantity', value),
    parseLiteral: (node) => parseTextOrNumber('Quantity', literal(node)),
  })
  builder.scalarType('IntOrString', {
    description: 'A number, or a text such as a percentage or the name of a port.',
    serialize: (value) => value as string | number,
    parseValue: (value) => parseTextOrNumber('IntOrString', value),
    parseLiteral: (node) => parseTextOrNumber('IntOrString', literal(node)),
  })
  builder.scalarType('Int64', {
    description: 'A whole number of up to 53 bits.',
    serialize: (value: unknown) => Number(value),
    parseValue: parseInt64,
    parseLiteral: (node) => parseInt64(literal(node)),
  })
  builder.scalarType('DateTime', {
    description: 'A moment in UTC, in the form of RFC 3339.',
    serialize: (value: unknown) => String(value),
    parseValue: parseDateTime,
    parseLiteral: (node) => parseDateTime(literal(node)),
  })
  builder.scalarType('JSON', {
    description: 'Any JSON value.',
    serialize: (value) => value,
    parseValue: (value) => value,
    parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
  })
  builder.scalarType('ResourceVersion', {
    description: 'A position in the change log. Opaque: only handed back, never computed with.',
    serialize: (value: unknown) => String(value),
    parseValue: parseResourceVersion,
    parseLiteral: (node) => parseResourceVersion(literal(node)),
  })
}

function literal(node: ValueNode): unknown {
  return node.kind === Kind.INT || node.kind === Kind.FLOAT ? Number(node.value) : valueFromASTUntyped(node)
}

function parseMap(value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw new GraphQLError(`StringMap must be an object, not ${shown(value)}`)
}

function parseTextOrNumber(scalar: string, value: unknown): string | number {
  if (typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))) return value
  throw new GraphQLError(`${scalar} must be a string or a number, not ${shown(value)}`)
}

function parseInt64(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  throw new GraphQLError(
    `Int64 must be a whole number between ${Number.MIN_SAFE_INTEGER} and ${Number.MAX_SAFE_INTEGER}, not ${shown(value)}`,
  )
}

function parseDateTime(value: unknown): string {
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value))) return value
  throw new GraphQLError(`DateTime must be an RFC 3339 text such as "2026-01-31T12:00:00Z", not ${shown(value)}`)
}

function parseResourceVersion(value: unknown): string {
  if (typeof value === 'string' && /^\d{1,15}$/.test(value)) return value
  throw new GraphQLError(`ResourceVersion must be a text that the server gave, not ${shown(value)}`)
}
