import { isUtf8 } from 'node:buffer'
import { readFile } from 'node:fs/promises'
import { CommandError } from './failure.ts'
import type { Surroundings } from './surroundings.ts'

/**
 * The text of a file, or of standard input for "-". Throws a CommandError where it cannot be read, and for bytes that are no
 * UTF-8: whatever stood in for them would be sent in their place.
 */
export async function readSource(file: string, { input }: Pick<Surroundings, 'input'>): Promise<string> {
  const bytes = file === '-' ? await readAll(input) : await readBytes(file)
  if (!isUtf8(bytes)) throw new CommandError(`${file === '-' ? 'standard input' : `"${file}"`} is not in UTF-8`)
  return bytes.toString()
}

async function readBytes(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const reason = code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'it is a folder' : message
    throw new CommandError(`cannot read "${file}": ${reason}`, { cause: error })
  }
}

async function readAll(input: Surroundings['input']): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of input) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}
