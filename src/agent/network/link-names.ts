import { createHash } from 'node:crypto'

/** What the bridges of agents begin with. */
export const bridgePrefix = 'myr-'

/** How an agent names what it makes on its machine; nothing else there is called so. */
export interface LinkNames {
  /** The bridge that joins the pods of the agent. */
  readonly bridge: string
  /** A number for a group of interfaces that is the agent's alone. */
  readonly group: number
  /** The network namespace of a pod, as `ip netns` lists it. */
  namespaceOf(uid: string): string
  /** The pod that a network namespace was made for; undefined when it is not one of this agent's. */
  uidOf(namespace: string): string | undefined
  /** The pod's interface on the machine's side; a name has at most 15 characters (IFNAMSIZ). */
  linkOf(uid: string): string
  /** Whether an interface is one of a pod of this agent. */
  isLink(name: string): boolean
}

/** The names for the agent that keeps its files in `folder`, the same after every start. */
export function linkNames(folder: string): LinkNames {
  const agent = shortHash(folder, 5)
  const linkPrefix = `myr${agent}`
  const namespacePrefix = `myriad-${agent}-`
  return {
    bridge: `${bridgePrefix}${agent}`,
    group: Number.parseInt(shortHash(`${folder}#group`, 5), 36) + 1_000_000,
    namespaceOf: (uid) => `${namespacePrefix}${uid}`,
    uidOf: (namespace) => (namespace.startsWith(namespacePrefix) ? namespace.slice(namespacePrefix.length) : undefined),
    linkOf: (uid) => `${linkPrefix}${shortHash(uid, 7)}`,
    isLink: (name) => name.length === 15 && name.startsWith(linkPrefix),
  }
}

/** A number that is spread evenly and always the same for a text, from 0 up to `count` without it. */
export function spread(text: string, count: number): number {
  return createHash('sha256').update(text).digest().readUIntBE(0, 6) % count
}

function shortHash(text: string, length: number): string {
  return spread(text, 36 ** length)
    .toString(36)
    .padStart(length, '0')
}
