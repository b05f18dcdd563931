import { type Command, InvalidArgumentError, type Option } from 'commander'
import { parseIpv4Range } from '../model/ipv4.ts'
import { addNodeSettings, type NodeSettings } from './node-settings.ts'
import { number, setting, wholeNumber } from './setting.ts'

/** Settings of the API server and of the worker, as flags and environment variables give them. */
export interface ServerSettings extends NodeSettings {
  readonly host: string
  readonly port: number
  readonly data: string
  readonly token?: string
  readonly agentToken?: string
  readonly allowedOrigins?: readonly string[]
  readonly scoring: 'LeastAllocated' | 'MostAllocated'
  readonly controller: 'thread' | 'none'
  readonly logRetentionHours: number
  readonly logRetentionMb: number
  readonly maxSubscriptions: number
  readonly maxSubscriptionsPerConnection: number
  readonly maxLogStreams: number
  readonly maxBodyMb: number
  readonly maxQueryDepth: number
  readonly maxQueryCost: number
  readonly maxQueryAliases: number
}

/** Settings of a node agent. */
export interface AgentSettings {
  readonly url: string
  readonly data: string
  readonly token?: string
  readonly runtime: 'process' | 'simulated'
  readonly nodeName: string
  readonly podNetwork: 'auto' | 'namespace' | 'loopback'
  readonly podCidr: string
  readonly nodes: number
  readonly leaseSeconds: number
  readonly keepPods: boolean
}

/** Settings of a controller worker that is a process of its own. */
export type ControllerSettings = Pick<ServerSettings, 'data' | 'scoring'> & NodeSettings

/** Adds the settings of a server to a command. Every flag has its environment variable, `MYRIAD_…`. */
export function addServerOptions(command: Command): Command {
  return addNodeSettings(command)
    .addOption(
      setting('--host <address>', 'address to listen on; other than loopback needs a token').default('127.0.0.1'),
    )
    .addOption(setting('--port <number>', 'port to listen on').default(4000).argParser(wholeNumber(0, 65_535)))
    .addOption(dataOption())
    .addOption(setting('--token <secret>', 'token that callers must show').argParser(secret))
    .addOption(setting('--agent-token <secret>', 'token with which node agents may come').argParser(secret))
    .addOption(
      setting(
        '--allowed-origins <list>',
        'origins, such as https://app.example, whose pages may call from a browser',
      ).argParser(origins),
    )
    .addOption(scoringOption())
    .addOption(
      setting(
        '--controller <where>',
        'where the controller worker runs: a thread here, or elsewhere by `myriad controller`',
      )
        .choices(['thread', 'none'])
        .default('thread'),
    )
    .addOption(
      setting('--log-retention-hours <n>', 'how long the change log goes back').default(24).argParser(number(0)),
    )
    .addOption(
      setting('--log-retention-mb <n>', 'how large the change log may grow').default(1024).argParser(number(1)),
    )
    .addOption(
      setting('--max-subscriptions <n>', 'open operations over WebSocket').default(50_000).argParser(wholeNumber(1)),
    )
    .addOption(
      setting('--max-subscriptions-per-connection <n>', 'open operations of one WebSocket')
        .default(1_000)
        .argParser(wholeNumber(1)),
    )
    .addOption(setting('--max-log-streams <n>', 'logs read at once').default(1_000).argParser(wholeNumber(1)))
    .addOption(setting('--max-body-mb <n>', 'size of one request').default(16).argParser(number(0.001)))
    .addOption(
      setting('--max-query-depth <n>', 'levels of selection in one operation').default(20).argParser(wholeNumber(1)),
    )
    .addOption(
      setting('--max-query-cost <n>', 'fields that one answer may have').default(250_000).argParser(wholeNumber(1)),
    )
    .addOption(setting('--max-query-aliases <n>', 'aliases in one operation').default(200).argParser(wholeNumber(0)))
}

/** Adds the settings of a controller worker to a command. */
export function addControllerOptions(command: Command): Command {
  return addNodeSettings(command).addOption(dataOption()).addOption(scoringOption())
}

/** Adds the settings of a node agent to a command. */
export function addAgentOptions(command: Command, hostName: string): Command {
  return command
    .addOption(setting('--runtime <name>', 'how pods are run').choices(['process', 'simulated']).default('process'))
    .addOption(setting('--node-name <name>', 'name of this machine in the cluster').default(hostName))
    .addOption(
      setting('--pod-network <mode>', 'how pods are connected; auto: in network namespaces where the machine allows it')
        .choices(['auto', 'namespace', 'loopback'])
        .default('auto'),
    )
    .addOption(
      setting('--pod-cidr <range>', 'addresses for pods, of which each agent takes a /24')
        .default('10.244.0.0/16')
        .argParser(podRange),
    )
    .addOption(setting('--nodes <n>', 'how many machines to simulate').default(1).argParser(wholeNumber(1, 100_000)))
    .addOption(setting('--lease-seconds <n>', 'how long a proof of life holds').default(40).argParser(wholeNumber(1)))
    .addOption(setting('--keep-pods', 'let the pods run on when the agent ends').default(false))
}

/** The environment of an agent that this process starts: ours, with the token that is the agent's and no other. */
export function agentEnvironment(token: string | undefined): NodeJS.ProcessEnv {
  const { MYRIAD_TOKEN: _, MYRIAD_AGENT_TOKEN: __, ...environment } = process.env
  return token === undefined ? environment : { ...environment, MYRIAD_TOKEN: token }
}

/** Our environment without any setting of Myriad's. */
export function environmentWithoutSettings(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('MYRIAD_')))
}

/** A switch that its variable turns off (`MYRIAD_KEEP_PODS=false`) counts as not given: commander asks only whether it is set. */
export function forgetVariablesThatSayNo(): void {
  for (const name of ['MYRIAD_KEEP_PODS', 'MYRIAD_NO_AGENT']) {
    if (/^(?:|0|false|no|off)$/i.test(process.env[name] ?? '')) delete process.env[name]
  }
}

/** A control plane alone. */
export function noAgentOption(): Option {
  return setting('--no-agent', 'run a control plane without an agent')
}

/** How the scheduler of a controller worker prefers machines. */
function scoringOption(): Option {
  return setting('--scoring <strategy>', 'how the scheduler prefers machines')
    .choices(['LeastAllocated', 'MostAllocated'])
    .default('LeastAllocated')
}

/** The folder of the database and of the pods' files. */
export function dataOption(): Option {
  return setting('--data <folder>', 'folder of the database and of the pods').default('.myriad')
}

/** Where a server is to be found. */
export function urlOption(): Option {
  return setting('--url <url>', 'the GraphQL endpoint of the server')
    .default('http://127.0.0.1:4000/graphql')
    .argParser((text) => {
      if (URL.canParse(text) && /^(http|ws)s?:/.test(text)) return text
      throw new InvalidArgumentError('It must be an http:, https:, ws: or wss: URL.')
    })
}

/** The token to show to a server. */
export function tokenOption(): Option {
  return setting('--token <secret>', 'token to show to the server').argParser(secret)
}

function origins(text: string): readonly string[] {
  if (text.trim() === '') return []
  return text.split(',').map((each) => {
    const origin = each.trim()
    // A star stands for nothing here; it would be taken as the name of a host.
    const isOrigin =
      /^https?:[^*]+$/i.test(origin) && URL.canParse(origin) && origin.toLowerCase() === new URL(origin).origin
    if (isOrigin) return new URL(origin).origin
    throw new InvalidArgumentError(
      `"${origin}" is no origin: it must be a scheme, a host and, unless it is the scheme's own, a port, such as https://app.example or http://localhost:5173.`,
    )
  })
}

function podRange(text: string): string {
  const range = parseIpv4Range(text)
  if (range !== undefined && range.bits >= 8 && range.bits <= 29) return text
  throw new InvalidArgumentError(
    'It must be a range of IPv4 addresses from /8 to /29 that begins at its first address, such as 10.244.0.0/16.',
  )
}

function secret(text: string): string {
  if (text.length >= 16) return text
  throw new InvalidArgumentError('A token must have at least 16 characters.')
}
