// Serves a page with a live table of the pods, live-table.html, to browsers of this machine. The page asks the server itself,
// which must allow it: npm start -- --allowed-origins http://127.0.0.1:4080

import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { url } from './support/connection.ts'
import { positiveInteger, runProgram } from './support/program.ts'

const usage = `live-table [--port N]

  --port N   where the page is served, default 4080`

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { port: { type: 'string', default: '4080' } } })
  const port = positiveInteger('--port', values.port, 65_535)
  const page = await readPage()
  // This module runs as it is built: in dist/client-examples, beside dist/client.
  const scripts = {
    '/myriad-client.js': join(import.meta.dirname, '../client/myriad-client.js'),
    '/pod-state.js': join(import.meta.dirname, 'support/pod-state.js'),
  }
  // All that is ever served, by its path.
  const files = new Map([['/', { type: 'text/html', body: page }]])
  for (const [path, file] of Object.entries(scripts)) {
    files.set(path, { type: 'text/javascript', body: await readFile(file, 'utf8') })
  }
  const headers = {
    'content-security-policy': policyOf(page),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  }
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? '')
    if (file === undefined) response.writeHead(404, headers).end()
    else response.writeHead(200, { ...headers, 'content-type': `${file.type}; charset=utf-8` }).end(file.body)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${port}`
  console.log(`${origin} shows the pods of ${url}, if that allows it: npm start -- --allowed-origins ${origin}`)
  await once(server, 'close')
  return 0
}

/** The page, with the address of the server in it. A token is not: the page asks for one. */
async function readPage(): Promise<string> {
  const page = await readFile(join(import.meta.dirname, '../../client-examples/live-table.html'), 'utf8')
  return page.replace('content="http://127.0.0.1:4000"', () => `content="${new URL(url).href}"`)
}

/** The page may run its own script and style and what is served beside it, and talk to the server, and nothing else. */
function policyOf(page: string): string {
  const hashes = (element: string) =>
    [...page.matchAll(new RegExp(`<${element}[^>]*>([^]*?)</${element}>`, 'g'))]
      .map(([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)
      .join(' ')
  const { origin } = new URL(url)
  return [
    "default-src 'none'",
    `script-src 'self' ${hashes('script')}`,
    `style-src ${hashes('style')}`,
    'img-src data:',
    `connect-src ${origin} ${origin.replace('http', 'ws')}`,
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  ].join('; ')
}

await runProgram(usage, main)
