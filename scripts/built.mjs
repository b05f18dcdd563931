import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, setup } from './setup.mjs'

/**
 * Sets the clone up, then becomes the built program: the same process, so that signals, exit code and terminal are its own.
 * `program` is a path in `dist`; `args` is what it finds in `process.argv` after its own path.
 */
export async function runBuilt(program, args) {
  await setup()
  const file = join(root, 'dist', program)
  process.argv = [process.execPath, file, ...args]
  await import(pathToFileURL(file).href)
}
