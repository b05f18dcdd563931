import { createServer } from 'node:http'
import { takeJob, tell } from '../part.ts'

/** The least that a server in Node can be: it listens. */
await takeJob<object>()
createServer((_, response) => response.end()).listen(0, '127.0.0.1', () => tell({ ready: true }))
