import { readFile } from 'node:fs/promises'
import { CommandError } from './failure.ts'
import type { Surroundings } from './surroundings.ts'

/** The text of a file, or of standard input for "-". Throws a CommandError where it cannot be read. */
export async function readSource(file: string, { input }: Pick<Surroundings, 'input'>): Promise<string> {
  if (file === '-') return readAll(input)
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const reason = code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'it is a folder' : message
    throw new CommandError(`cannot read "${file}": ${reason}`, { cause: error })
  }
}

async function readAll(input: Surroundings['input']): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of input) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces).toString('utf8')
}
