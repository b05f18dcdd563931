import { Session } from 'node:inspector'

// loaded-modules URL query|watch: uses the client, and prints the names of the packages that were loaded for it, as JSON.
const [url = '', deed = ''] = process.argv.slice(2)
const packages = new Set<string>()
const session = new Session()
session.connect()
session.on('Debugger.scriptParsed', ({ params }) => {
  const name = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(params.url)?.[1]
  if (name !== undefined) packages.add(name)
})
session.post('Debugger.enable')
const { connect } = await import('../../../src/client/index.ts')
const client = connect({ url })
await client.query('{ cluster { version } }')
if (deed === 'watch') for await (const _ of client.namespaces.watch()) break
client.close()
process.stdout.write(`${JSON.stringify([...packages].sort())}\n`)
