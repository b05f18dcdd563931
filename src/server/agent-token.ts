import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const form = /^[0-9a-f]{48}$/

/**
 * The secret by which a server with a token knows its own agent. It is kept in the data folder, for its owner's eyes only,
 * because that agent may outlive the server and then has to be known by the next one.
 */
export function keptAgentToken(folder: string): string {
  const file = join(folder, 'agent.token')
  const kept = readOrEmpty(file).trim()
  if (form.test(kept)) {
    chmodSync(file, 0o600)
    return kept
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const token = randomBytes(24).toString('hex')
  writeFileSync(`${file}.next`, `${token}\n`, { mode: 0o600 })
  renameSync(`${file}.next`, file)
  return token
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}
