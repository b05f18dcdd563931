import SchemaBuilder from '@pothos/core'
import type { Context } from './context.ts'

/** What Myriad adds to Pothos' own types. */
export interface OwnTypes {
  Context: Context
  DefaultFieldNullability: false
  Scalars: {
    ID: { Input: string; Output: string }
    StringMap: { Input: Record<string, unknown>; Output: Readonly<Record<string, unknown>> }
    Quantity: { Input: string | number; Output: string | number }
    IntOrString: { Input: string | number; Output: string | number }
    Int64: { Input: number; Output: number }
    DateTime: { Input: string; Output: string }
    JSON: { Input: unknown; Output: unknown }
    ResourceVersion: { Input: string; Output: string }
  }
}

/** The types that all parts of the schema share, as Pothos completes them. */
export type SchemaTypes = PothosSchemaTypes.ExtendDefaultTypes<OwnTypes>

/** A builder with Myriad's scalars. All types of the schema hang on one builder. */
export function createBuilder() {
  return new SchemaBuilder<OwnTypes>({ defaultFieldNullability: false })
}

export type Builder = ReturnType<typeof createBuilder>
