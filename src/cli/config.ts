import { type Command, Option } from 'commander'
import { type Context, type ContextFile, configPath, readContextFile } from './context-file.ts'
import { parseDuration } from './duration.ts'
import { CommandError, UsageError } from './failure.ts'
import type { Surroundings } from './surroundings.ts'

/** What the flags of a command say of the server. */
export interface ConnectionSettings {
  readonly url?: string
  readonly token?: string
  readonly namespace?: string
  readonly context?: string
  readonly config?: string
  readonly requestTimeout?: string
}

/** Which server a command talks to. */
export interface ResolvedSettings {
  readonly url: string
  readonly token: string | undefined
  readonly namespace: string
  /** Milliseconds that one request may take; unbounded without it. */
  readonly requestTimeoutMs: number | undefined
}

const defaultUrl = 'http://127.0.0.1:4000/graphql'

/** Adds the flags that say which server and namespace are meant, to a command. */
export function addConnectionOptions(command: Command): Command {
  return addFileOption(command)
    .option('-n, --namespace <name>', 'namespace that is meant')
    .option('--context <name>', 'context of the config file that is meant')
    .addOption(new Option('-s, --url <url>', 'the GraphQL endpoint of the server'))
    .addOption(new Option('--token <secret>', 'token to show; better given as MYRIAD_TOKEN or in a context'))
    .option(
      '--request-timeout <time>',
      'how long to wait for an answer, and to watch with -w, such as 5s or 2m; 0 is for ever',
    )
}

/** Adds the flag that says which config file is meant. */
export function addFileOption(command: Command): Command {
  return command
    .optionsGroup('Connection:')
    .option('--config <file>', 'config file, else $MYRIAD_CONFIG, else $XDG_CONFIG_HOME/myriad/config.yaml')
}

/** The server and namespace that are meant by flags, environment and config file. */
export async function readSettings(
  flags: ConnectionSettings,
  { environment, errors }: Pick<Surroundings, 'environment' | 'errors'>,
): Promise<ResolvedSettings> {
  const path = configPath(flags.config, environment)
  const file = path === undefined ? {} : await readContextFile(path, { mustExist: flags.config !== undefined, errors })
  return resolveSettings({ flags, environment, file })
}

/** Where settings come from. */
export interface SettingSources {
  readonly flags: ConnectionSettings
  readonly environment: Surroundings['environment']
  readonly file: ContextFile
}

/**
 * What counts: flags, and the context that a flag names; then the environment; then the context that it or the file names;
 * then what is built in. The token of a context goes to the server of that context only. Throws a CommandError for a
 * context that is not there, a UsageError for an address that is none.
 */
export function resolveSettings({ flags, environment, file }: SettingSources): ResolvedSettings {
  const named = flags.context === undefined ? {} : contextOf(file, flags.context)
  const usual = environment['MYRIAD_CONTEXT'] || file['current-context'] || undefined
  const current = flags.context !== undefined || usual === undefined ? {} : contextOf(file, usual)
  const url = flags.url ?? named.url ?? (environment['MYRIAD_URL'] || (current.url ?? defaultUrl))
  requireAddress(url)
  const tokenOf = (context: Context) => ((context.url ?? defaultUrl) === url ? context.token : undefined)
  return {
    url,
    token: flags.token ?? tokenOf(named) ?? (environment['MYRIAD_TOKEN'] || tokenOf(current)),
    // As in kubectl, an empty name is none: scripts have it from variables that are not set.
    namespace: flags.namespace || named.namespace || environment['MYRIAD_NAMESPACE'] || current.namespace || 'default',
    requestTimeoutMs: parseTimeout(flags.requestTimeout ?? '0'),
  }
}

/** Throws a UsageError for what is no address of a server. */
export function requireAddress(url: string): void {
  if (URL.canParse(url) && /^(?:http|ws)s?:$/.test(new URL(url).protocol)) return
  throw new UsageError(`the server's address must be like ${defaultUrl}, not "${url}"`)
}

/** The environment of this process, for the surroundings. */
export function processEnvironment(): NodeJS.ProcessEnv {
  return process.env
}

function contextOf({ contexts = {} }: ContextFile, name: string): Context {
  const context = Object.hasOwn(contexts, name) ? contexts[name] : undefined
  if (context === undefined) throw new CommandError(`context "${name}" does not exist`)
  return context
}

/** A number without a unit has seconds, as kubectl's. */
function parseTimeout(text: string): number | undefined {
  const time = parseDuration(/^\d+$/.test(text) ? `${text}s` : text, '--request-timeout')
  return time > 0 ? time : undefined
}
