import { type Command, Option } from 'commander'

/** What the flags of a command say of the server. */
export interface ConnectionSettings {
  readonly url?: string
  readonly token?: string
  readonly namespace?: string
}

/** Which server a command talks to. */
export interface ResolvedSettings {
  readonly url: string
  readonly token: string | undefined
  readonly namespace: string
}

const defaultUrl = 'http://127.0.0.1:4000/graphql'

/** Adds the flags that say which server and namespace are meant, to a command. */
export function addConnectionOptions(command: Command): Command {
  return command
    .optionsGroup('Connection:')
    .option('-n, --namespace <name>', 'namespace that is meant')
    .addOption(new Option('-s, --url <url>', 'the GraphQL endpoint of the server'))
    .addOption(new Option('--token <secret>', 'token to show; better given as MYRIAD_TOKEN'))
}

/** The server and namespace that are meant: flags win over the environment, that over what is built in. */
export async function readSettings(
  { url, token, namespace }: ConnectionSettings,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<ResolvedSettings> {
  return {
    url: url ?? environment['MYRIAD_URL'] ?? defaultUrl,
    token: token ?? environment['MYRIAD_TOKEN'],
    namespace: namespace ?? environment['MYRIAD_NAMESPACE'] ?? 'default',
  }
}

/** The environment of this process, for the surroundings. */
export function processEnvironment(): NodeJS.ProcessEnv {
  return process.env
}
