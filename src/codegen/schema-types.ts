import { codegen } from '@graphql-codegen/core'
import * as typescript from '@graphql-codegen/typescript'
import { type GraphQLSchema, lexicographicSortSchema, parse, printSchema } from 'graphql'

/** The module `src/client/generated/schema.ts`: a TypeScript type for each type of the schema. */
export async function printSchemaTypes(schema: GraphQLSchema): Promise<string> {
  const types = await codegen({
    filename: 'schema.ts',
    schema: parse(printSchema(lexicographicSortSchema(schema))),
    documents: [],
    plugins: [{ typescript: {} }],
    pluginMap: { typescript },
    config: {
      namingConvention: 'keep',
      declarationKind: 'interface',
      enumType: 'string-literal',
      enumsAsTypes: true,
      immutableTypes: true,
      skipTypename: true,
      // What is null in an answer is absent in a manifest.
      maybeValue: 'T',
      inputMaybeValue: 'T | undefined',
      strictScalars: true,
      scalars,
    },
  })
  return `// Made from schema/schema.graphql by \`npm run schema\`.\n\n${types.trim()}\n`
}

const scalars: Readonly<Record<string, string>> = {
  DateTime: 'string',
  ID: 'string',
  Int64: 'number',
  IntOrString: 'number | string',
  JSON: 'unknown',
  Quantity: 'string',
  ResourceVersion: 'string',
  StringMap: 'Readonly<Record<string, string>>',
}
