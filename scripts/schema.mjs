// Sets up, then prints the GraphQL schema into schema/schema.graphql, and its types for the client: npm run schema

import { runBuilt } from './built.mjs'

await runBuilt('src/print-schema.js', process.argv.slice(2))
