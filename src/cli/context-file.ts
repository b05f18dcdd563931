import { chmod, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CommandError } from './failure.ts'
import type { Surroundings } from './surroundings.ts'

/** A server under a name, with what is shown to it and the namespace that is meant there. */
export interface Context {
  readonly url?: string
  readonly token?: string
  readonly namespace?: string
}

/** What the config file holds. */
export interface ContextFile {
  readonly 'current-context'?: string
  readonly contexts?: Readonly<Record<string, Context>>
}

/** Which file holds the contexts; undefined where there is neither a flag nor a home to look in. */
export function configPath(flag: string | undefined, environment: Surroundings['environment']): string | undefined {
  const { MYRIAD_CONFIG: file, XDG_CONFIG_HOME: configHome, HOME: home } = environment
  if (flag !== undefined) return flag
  if (file) return file
  if (configHome) return join(configHome, 'myriad', 'config.yaml')
  return home ? join(home, '.config', 'myriad', 'config.yaml') : undefined
}

/**
 * Reads a config file; one that is not there is empty unless it must exist. Warns on `errors` when others can read its
 * tokens. Throws a CommandError for a file that cannot be read or means nothing.
 */
export async function readContextFile(
  path: string,
  { mustExist = false, errors }: { readonly mustExist?: boolean; readonly errors: Surroundings['errors'] },
): Promise<ContextFile> {
  const text = await readText(path, mustExist)
  if (text === undefined) return {}
  const { parse } = await import('yaml')
  const file = checkFile(parseWith(parse, text, path), path)
  const hasToken = Object.values(file.contexts ?? {}).some(({ token }) => token !== undefined)
  if (hasToken && process.platform !== 'win32' && ((await stat(path)).mode & 0o077) !== 0) {
    errors.write(`warning: ${path} holds tokens and can be read by others; run: chmod 600 ${path}\n`)
  }
  return file
}

/** Writes a config file in one piece, readable by its owner only. */
export async function writeContextFile(path: string, file: ContextFile): Promise<void> {
  const { stringify } = await import('yaml')
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const aside = `${path}.${process.pid}`
  await writeFile(aside, stringify(file), { mode: 0o600 })
  await chmod(aside, 0o600)
  await rename(aside, path)
}

async function readText(path: string, mustExist: boolean): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' && !mustExist) return undefined
    throw new CommandError(`cannot read the config file "${path}": ${code === 'ENOENT' ? 'no such file' : message}`, {
      cause: error,
    })
  }
}

function parseWith(parse: (text: string) => unknown, text: string, path: string): unknown {
  try {
    return parse(text)
  } catch (error) {
    const [reason = ''] = error instanceof Error ? error.message.split('\n') : []
    throw new CommandError(`the config file "${path}" is no YAML: ${reason}`, { cause: error })
  }
}

/** The file, when it says what a config file can say. */
function checkFile(value: unknown, path: string): ContextFile {
  if (value === null || value === undefined) return {}
  const fault = faultOf(value)
  if (fault !== undefined) throw new CommandError(`the config file "${path}" is wrong: ${fault}`)
  return value
}

function faultOf(value: unknown): string | undefined {
  if (!isMap(value)) return 'it must be a map of "current-context" and "contexts"'
  const { 'current-context': current, contexts, ...unknown } = value
  const [strange] = Object.keys(unknown)
  if (strange !== undefined) return `"${strange}" is unknown; it can have "current-context" and "contexts"`
  if (current !== undefined && typeof current !== 'string') return 'current-context must be a text'
  if (contexts === undefined) return undefined
  if (!isMap(contexts)) return 'contexts must be a map from names to contexts'
  for (const [name, context] of Object.entries(contexts)) {
    if (!isMap(context)) return `contexts.${name} must be a map of "url", "token" and "namespace"`
    for (const [field, text] of Object.entries(context)) {
      if (!['url', 'token', 'namespace'].includes(field)) {
        return `contexts.${name}.${field} is unknown; a context can have "url", "token" and "namespace"`
      }
      if (typeof text !== 'string') return `contexts.${name}.${field} must be a text`
    }
  }
  return undefined
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
