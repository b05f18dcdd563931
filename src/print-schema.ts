import { writeFileSync } from 'node:fs'
import { lexicographicSortSchema, printSchema } from 'graphql'
import { createSchema } from '../schema/schema.ts'
import { printKindTypes } from './codegen/kind-types.ts'
import { printSchemaTypes } from './codegen/schema-types.ts'
import { kinds } from './model/kinds.ts'

/** `npm run schema` keeps the schema in its file, and what is made of it for the client, true. */
const schema = createSchema('')
writeFileSync('schema/schema.graphql', `${printSchema(lexicographicSortSchema(schema))}\n`)
writeFileSync('src/client/generated/schema.ts', await printSchemaTypes(schema))
writeFileSync('src/client/generated/kinds.ts', printKindTypes(schema, kinds))
