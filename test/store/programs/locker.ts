import { once } from 'node:events'
import { lockData } from '../../../src/store/data-lock.ts'

// locker FOLDER ROLE: takes the lock of a data folder, prints `locked` and holds it until it is killed; or prints why not.
const [folder = '', role = ''] = process.argv.slice(2)
try {
  const lock = await lockData(folder, role === 'server' ? 'server' : 'controller')
  process.stdout.write('locked\n')
  const timer = setInterval(() => undefined, 60_000)
  await once(process, 'SIGTERM')
  clearInterval(timer)
  await lock.release()
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`)
}
