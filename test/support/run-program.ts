import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

/** Runs a file of JavaScript to its end. */
export async function runProgram(file: string): Promise<{ readonly exitCode: unknown; readonly errors: string }> {
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'ignore', 'pipe'] })
  const [errors, [exitCode]] = await Promise.all([text(child.stderr), once(child, 'exit') as Promise<unknown[]>])
  return { exitCode, errors }
}
