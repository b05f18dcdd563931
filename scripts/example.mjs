// Sets up, then runs one of the examples: npm run -s example -- watch-pods --help

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { runBuilt } from './built.mjs'
import { root } from './setup.mjs'

const folder = join(root, 'client-examples')
const files = readdirSync(folder).filter((file) => /\.(?:ts|sh)$/.test(file))
const [name, ...args] = process.argv.slice(2)
const file = files.find((file) => nameOf(file) === name)

if (file === undefined) {
  console.error(`npm run example -- NAME [ARGUMENTS], with one of these names:\n  ${files.map(nameOf).join('\n  ')}`)
  process.exitCode = 2
} else if (file.endsWith('.sh')) {
  const script = spawn(join(folder, file), args, { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => script.kill(signal))
  const [exitCode] = await once(script, 'exit')
  process.exitCode = exitCode ?? 1
} else {
  await runBuilt(`client-examples/${name}.js`, args)
}

function nameOf(file) {
  return file.replace(/\.\w+$/, '')
}
