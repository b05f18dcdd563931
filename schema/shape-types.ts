import type { EnumRef, InputRef, ObjectRef } from '@pothos/core'
import type { Shape } from '../src/model/field-shape.ts'
import type { Builder, SchemaTypes } from './builder.ts'
import { valueDescriptions } from './value-descriptions.ts'

type Fields = Readonly<Record<string, unknown>>
type Output = ObjectRef<SchemaTypes, Fields, Fields>
type Input = InputRef<Fields>
type Enumeration = EnumRef<SchemaTypes, string, string>

/** Makes GraphQL object, input and enum types from the shapes of zod types, each once. */
export class ShapeTypes {
  private readonly builder: Builder
  private readonly outputs = new Map<string, Output>()
  private readonly inputs = new Map<string, Input>()
  private readonly enums = new Map<string, Enumeration>()

  constructor(builder: Builder) {
    this.builder = builder
  }

  /** The object type of a shape that has an id. */
  output(shape: Shape): Output {
    const { name, fields } = named(shape)
    const known = this.outputs.get(name)
    if (known !== undefined) return known
    const ref = this.builder.objectRef<Fields>(name)
    this.outputs.set(name, ref)
    ref.implement({
      ...described(shape),
      fields: (t) =>
        Object.fromEntries(
          Object.entries(fields).map(([field, part]) => [
            field,
            t.field({
              type: this.outputType(part) as never,
              nullable: part.optional as never,
              ...describedField(part),
              resolve: (parent) => parent[field] as never,
            }),
          ]),
        ),
    })
    return ref
  }

  /** The input type of a shape that has an id; `lenient` names the fields that the server can give. */
  input(shape: Shape, lenient: readonly string[] = []): Input {
    const { name, fields } = named(shape)
    const known = this.inputs.get(name)
    if (known !== undefined) return known
    const ref = this.builder.inputRef<Fields>(`${name}Input`)
    this.inputs.set(name, ref)
    ref.implement({
      ...described(shape),
      fields: (t) =>
        Object.fromEntries(
          Object.entries(fields).map(([field, part]) => [
            field,
            t.field({
              type: this.inputType(part) as never,
              required: (!part.optional && !lenient.includes(field)) as never,
              ...describedField(part),
            }),
          ]),
        ) as never,
    })
    return ref
  }

  /** What a field of this shape has as its GraphQL type in outputs. */
  outputType(shape: Shape): unknown {
    return this.typeOf(shape, (part) => this.output(part))
  }

  /** What a field of this shape has as its GraphQL type in inputs. */
  inputType(shape: Shape): unknown {
    return this.typeOf(shape, (part) => this.input(part))
  }

  private typeOf(shape: Shape, objectType: (part: Shape) => unknown): unknown {
    switch (shape.type.kind) {
      case 'scalar':
        return shape.type.name
      case 'enum':
        return shape.id === undefined ? 'String' : this.enumeration(shape.id, shape.type.values, shape.description)
      case 'list':
        return [this.typeOf(shape.type.element, objectType)]
      case 'object':
        return Object.keys(shape.type.fields).length === 0 ? 'JSON' : objectType(shape)
    }
  }

  private enumeration(id: string, values: readonly string[], description: string | undefined): Enumeration {
    const known = this.enums.get(id)
    if (known !== undefined) return known
    const ref = this.builder.enumType(id, {
      ...(description === undefined ? {} : { description }),
      values: Object.fromEntries(values.map((value) => [value, { value, ...describedValue(id, value) }])),
    }) as Enumeration
    this.enums.set(id, ref)
    return ref
  }
}

function named(shape: Shape): { name: string; fields: Readonly<Record<string, Shape>> } {
  if (shape.type.kind !== 'object' || shape.id === undefined) {
    throw new Error(`an object type needs an id: ${shape.description ?? JSON.stringify(shape.type)}`)
  }
  return { name: shape.id, fields: shape.type.fields }
}

function describedValue(id: string, value: string): { description?: string } {
  const description = valueDescriptions[id]?.[value]
  return description === undefined ? {} : { description }
}

function described({ description }: Shape): { description?: string } {
  return description === undefined ? {} : { description }
}

function describedField(shape: Shape): { description?: string; deprecationReason?: string } {
  const { deprecationReason } = shape
  return { ...described(shape), ...(deprecationReason === undefined ? {} : { deprecationReason }) }
}
