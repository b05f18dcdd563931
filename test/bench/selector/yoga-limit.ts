import { createServer } from 'node:http'
import { createSchema, createYoga } from 'graphql-yoga'
import { takeJob, tell } from '../part.ts'

interface Job {
  readonly port: number
  /** Size of the whole answer. */
  readonly bytes: number
}

/** A Yoga server that does nothing but give a constant: what is left when all that is Myriad's is taken away. */
const { port, bytes } = await takeJob<Job>()
const answer = 'x'.repeat(Math.max(1, bytes - JSON.stringify({ data: { answer: '' } }).length))
const yoga = createYoga({
  schema: createSchema({ typeDefs: 'type Query { answer: String! }', resolvers: { Query: { answer: () => answer } } }),
  logging: false,
})
createServer((request, response) => void yoga(request, response)).listen(port, '127.0.0.1', () => tell({ ready: true }))
