import { requireAddress } from './config.ts'
import { type Context, type ContextFile, configPath, readContextFile, writeContextFile } from './context-file.ts'
import { CommandError, UsageError } from './failure.ts'
import type { Surroundings } from './surroundings.ts'
import { formatTable } from './table.ts'

/** The flags that all commands of `myriad config` have. */
export interface ConfigFlags {
  readonly config?: string
}

/** What `set-context` is told. */
export interface ConfigChange extends ConfigFlags, Context {
  readonly current?: boolean
}

/** How the file is shown. */
export interface ViewOptions extends ConfigFlags {
  readonly headers?: boolean
  readonly output?: string
  readonly raw?: boolean
}

/** Where a command prints, and the file that it is about. */
export interface ConfigPlace extends Pick<Surroundings, 'output' | 'errors'> {
  readonly path: string
}

/** The file that a command is about. Throws a UsageError where nothing says which. */
export function fileMeant({ config }: ConfigFlags, { environment }: Pick<Surroundings, 'environment'>): string {
  const path = configPath(config, environment)
  if (path === undefined) throw new UsageError('nothing says where the config file is: give --config or set HOME')
  return path
}

/** Prints the contexts as a table, or their names. */
export async function getContexts(name: string | undefined, options: ViewOptions, place: ConfigPlace): Promise<void> {
  const { 'current-context': current, contexts = {} } = await readContextFile(place.path, place)
  if (name !== undefined) contextNamed(contexts, name)
  if (options.output !== undefined && options.output !== 'name') {
    throw new UsageError(`output must be one of '' or 'name': "${options.output}"`)
  }
  const names = name === undefined ? Object.keys(contexts).toSorted() : [name]
  if (options.output === 'name') {
    place.output.write(names.map((one) => `${one}\n`).join(''))
    return
  }
  const rows = names.map((one) => {
    const { url = '', namespace = '', token } = contexts[one] ?? {}
    return [one === current ? '*' : '', one, url, token === undefined ? 'no' : 'yes', namespace]
  })
  const header = ['CURRENT', 'NAME', 'URL', 'TOKEN', 'NAMESPACE']
  place.output.write(formatTable(rows, options.headers === false ? undefined : header))
}

/** Prints the name of the context that is meant where none is said. */
export async function currentContext(place: ConfigPlace): Promise<void> {
  const { 'current-context': current } = await readContextFile(place.path, place)
  if (!current) throw new CommandError('current-context is not set')
  place.output.write(`${current}\n`)
}

/** Makes a context the one that is meant where none is said. */
export async function useContext(name: string, place: ConfigPlace): Promise<void> {
  const file = await readContextFile(place.path, place)
  contextNamed(file.contexts ?? {}, name)
  await writeContextFile(place.path, { ...file, 'current-context': name })
  place.output.write(`Switched to context "${name}".\n`)
}

/** Makes a context, or changes what is said of it. */
export async function setContext(name: string | undefined, change: ConfigChange, place: ConfigPlace): Promise<void> {
  const file = await readContextFile(place.path, place)
  if ((name === undefined) !== (change.current === true)) {
    throw new UsageError('you must say either the name of a context or --current')
  }
  const meant = name ?? file['current-context']
  if (!meant) throw new CommandError('current-context is not set')
  const { url, token, namespace } = change
  if (url) requireAddress(url)
  const given = { ...(url && { url }), ...(token && { token }), ...(namespace && { namespace }) }
  const isNew = !Object.hasOwn(file.contexts ?? {}, meant)
  const contexts = { ...file.contexts, [meant]: { ...file.contexts?.[meant], ...given } }
  await writeContextFile(place.path, { ...file, contexts })
  place.output.write(`Context "${meant}" ${isNew ? 'created' : 'modified'}.\n`)
}

/** Forgets a context. */
export async function deleteContext(name: string, place: ConfigPlace): Promise<void> {
  const file = await readContextFile(place.path, place)
  const { [name]: gone, ...contexts } = file.contexts ?? {}
  if (gone === undefined) throw new CommandError(`cannot delete context ${name}, not in ${place.path}`)
  const { 'current-context': current, ...rest } = file
  if (current === name)
    place.errors.write('warning: this removed your active context, use "myriad config use-context" to choose another\n')
  await writeContextFile(place.path, {
    ...rest,
    ...(current === undefined || current === name ? {} : { 'current-context': current }),
    contexts,
  })
  place.output.write(`deleted context ${name} from ${place.path}\n`)
}

/** Gives a context another name. */
export async function renameContext(name: string, next: string, place: ConfigPlace): Promise<void> {
  const file = await readContextFile(place.path, place)
  const context = contextNamed(file.contexts ?? {}, name)
  if (Object.hasOwn(file.contexts ?? {}, next)) {
    throw new CommandError(`cannot rename the context "${name}", the context "${next}" already exists in ${place.path}`)
  }
  const { [name]: _, ...others } = file.contexts ?? {}
  const current = file['current-context'] === name ? { 'current-context': next } : {}
  await writeContextFile(place.path, { ...file, ...current, contexts: { ...others, [next]: context } })
  place.output.write(`Context "${name}" renamed to "${next}".\n`)
}

/** Prints the file; tokens only when asked for them. */
export async function viewConfig({ raw }: ViewOptions, place: ConfigPlace): Promise<void> {
  const file = await readContextFile(place.path, place)
  const { yamlText } = await import('./object-yaml.ts')
  place.output.write(yamlText(raw === true ? file : withoutTokens(file)))
}

function withoutTokens({ contexts = {}, ...rest }: ContextFile): ContextFile {
  const hidden = Object.entries(contexts).map(([name, { token, ...context }]) => [
    name,
    token === undefined ? context : { ...context, token: 'REDACTED' },
  ])
  return { ...rest, contexts: Object.fromEntries(hidden) as Record<string, Context> }
}

function contextNamed(contexts: Readonly<Record<string, Context>>, name: string): Context {
  const context = Object.hasOwn(contexts, name) ? contexts[name] : undefined
  if (context === undefined) throw new CommandError(`no context exists with the name: "${name}"`)
  return context
}
