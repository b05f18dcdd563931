import type { PodSpec } from '../../model/kinds/pod/pod-spec.ts'

/** What resolv.conf(5) holds; the options as `name` or `name:value`. */
export interface ResolvConf {
  readonly nameservers: readonly string[]
  readonly searches: readonly string[]
  readonly options: readonly string[]
}

/** What glibc and the kubelet take at most (pkg/apis/core/validation: MaxDNSNameservers, MaxDNSSearchPaths, MaxDNSSearchListChars). */
const nameserversMax = 3
const searchesMax = 32
const searchCharactersMax = 2048
const searchNameCharactersMax = 253

/**
 * How the names of a pod are resolved (kubelet pkg/kubelet/network/dns). There is no cluster DNS, so that `ClusterFirst` means the machine's
 * settings, as for a kubelet without `--cluster-dns`; with `None` all comes from `dnsConfig`.
 */
export function podResolvConf({ dnsPolicy, dnsConfig = {} }: PodSpec, machine: ResolvConf): ResolvConf {
  const base = dnsPolicy === 'None' ? parseResolvConf('') : machine
  const { nameservers = [], searches = [], options = [] } = dnsConfig
  return {
    nameservers: [...new Set([...base.nameservers, ...nameservers])].slice(0, nameserversMax),
    searches: withinLimits([...new Set([...base.searches, ...searches])]),
    options: mergeOptions(
      base.options,
      options.flatMap(({ name, value }) => (name ? [value ? `${name}:${value}` : name] : [])),
    ),
  }
}

/** Reads a resolv.conf(5): of several `search` lines the last counts, of an option named twice the later. */
export function parseResolvConf(text: string): ResolvConf {
  const nameservers: string[] = []
  let searches: string[] = []
  let options: string[] = []
  for (const line of text.split('\n')) {
    const [word, ...values] = line.trim().split(/\s+/)
    if (word === 'nameserver' && values[0] !== undefined) nameservers.push(values[0])
    if (word === 'search') searches = values.map((name) => (name === '.' ? name : name.replace(/\.$/, '')))
    if (word === 'options') options = mergeOptions(options, values)
  }
  return { nameservers, searches, options }
}

/** The text of a resolv.conf. */
export function resolvConfText({ nameservers, searches, options }: ResolvConf): string {
  return [
    ...(searches.length === 0 ? [] : [`search ${searches.join(' ')}\n`]),
    ...nameservers.map((address) => `nameserver ${address}\n`),
    ...(options.length === 0 ? [] : [`options ${options.join(' ')}\n`]),
  ].join('')
}

function mergeOptions(first: readonly string[], then: readonly string[]): string[] {
  const byName = new Map<string, string>()
  for (const option of [...first, ...then]) byName.set(option.split(':', 1)[0] ?? option, option)
  return [...byName.values()]
}

/** Leaves out names that make glibc abort, then the last ones until the line is short enough (kubelet `formDNSSearchFitsLimits`). */
function withinLimits(searches: readonly string[]): string[] {
  const fitting = searches.slice(0, searchesMax).filter(({ length }) => length <= searchNameCharactersMax)
  while (fitting.join(' ').length > searchCharactersMax) fitting.pop()
  return fitting
}
