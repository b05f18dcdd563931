import { assert } from './errors.ts'
import type { KindDefinition } from './kind.ts'
import { eventKind } from './kinds/event.ts'
import { namespaceKind } from './kinds/namespace.ts'
import { nodeKind } from './kinds/node.ts'
import { podKind } from './kinds/pod.ts'
import { replicaSetKind } from './kinds/replica-set.ts'
import { replicationControllerKind } from './kinds/replication-controller.ts'

/** Every kind, in the order in which the objects of a manifest are created. To add a kind: its file, and a line here. */
export const kinds: readonly KindDefinition[] = [
  namespaceKind,
  nodeKind,
  podKind,
  replicationControllerKind,
  replicaSetKind,
  eventKind,
]

const byWord = new Map(kinds.flatMap((definition) => wordsOf(definition).map((word) => [word, definition] as const)))
const byKind = new Map(kinds.map((definition) => [definition.kind, definition]))

/** The kind that a word of any case means: its kind, plural, singular or short name, `pods` with or without `.GROUP`. */
export function kindNamed(word: string): KindDefinition | undefined {
  return byWord.get(word.toLowerCase())
}

/** The kind of exactly this name, as it stands in `kind` of an object that is stored. */
export function definitionOf(kind: string): KindDefinition {
  const definition = byKind.get(kind)
  assert(definition !== undefined, `there is a definition of the kind ${kind}`)
  return definition
}

function wordsOf({ kind, plural, singular, shortNames, apiVersion }: KindDefinition): string[] {
  const words = [kind.toLowerCase(), plural, singular, ...shortNames]
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
  return group === '' ? words : [...words, ...words.map((word) => `${word}.${group}`)]
}
