import { writeFileSync } from 'node:fs'
import { lexicographicSortSchema, printSchema } from 'graphql'
import { createSchema } from '../schema/schema.ts'

/** Prints the schema to the file that is given: `npm run schema` keeps schema/schema.graphql true. */
writeFileSync(process.argv[2] ?? 'schema/schema.graphql', `${printSchema(lexicographicSortSchema(createSchema('')))}\n`)
