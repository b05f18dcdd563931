import type { ConnectionSettings } from '../config.ts'
import { configPath, readContextFile } from '../context-file.ts'
import { withSession } from '../session.ts'
import type { Surroundings } from '../surroundings.ts'
import type { Candidate } from './complete.ts'

/** An argument that is being written. */
export interface ArgumentPlace {
  /** Name of the argument, which says what it is: `targets`, `object`, `nodes`, `context`, `field`. */
  readonly role: string
  /** The arguments before it. */
  readonly before: readonly string[]
  readonly word: string
  readonly settings: ConnectionSettings
}

/** Where names come from. It never rejects: whoever completes a word does not want to read of troubles. */
export interface NameSource {
  namespaces(settings: ConnectionSettings): Promise<readonly Candidate[]>
  contexts(settings: ConnectionSettings): Promise<readonly Candidate[]>
  forArgument(place: ArgumentPlace): Promise<readonly Candidate[]>
}

/** How long the server may take; then there is nothing to offer. */
const patience = '1500ms'
const most = 1_000

/** Names of objects from the server, of contexts from the config file, of kinds from their definitions. */
export function nameSource(surroundings: Surroundings): NameSource {
  const quiet: Surroundings = { ...surroundings, errors: { ...surroundings.errors, write: () => {} } }
  const objects = (kind: string, settings: ConnectionSettings): Promise<readonly Candidate[]> =>
    orNothing(() => objectNames(kind, settings, quiet))
  const contexts = (settings: ConnectionSettings): Promise<readonly Candidate[]> =>
    orNothing(async () => {
      const path = configPath(settings.config, quiet.environment)
      const file = path === undefined ? {} : await readContextFile(path, quiet)
      return Object.entries(file.contexts ?? {}).map(([value, { url = '' }]) => ({ value, description: url }))
    })
  return {
    namespaces: (settings) => objects('Namespace', settings),
    contexts,
    forArgument: async (place) => {
      if (place.role === 'context') return contexts(place.settings)
      if (place.role === 'nodes') return objects('Node', place.settings)
      if (place.role === 'field') return orNothing(() => fieldNames(place.word))
      // `logs POD`, but also `logs rc/web`.
      if (place.role === 'target' && !place.word.includes('/')) {
        return place.before.length === 0 ? objects('Pod', place.settings) : []
      }
      return ['targets', 'target', 'object', 'words'].includes(place.role) ? targetNames(place, objects) : []
    },
  }
}

async function targetNames(
  { role, before, word, settings }: ArgumentPlace,
  objects: (kind: string, settings: ConnectionSettings) => Promise<readonly Candidate[]>,
): Promise<readonly Candidate[]> {
  const { kindNamed, kinds } = await import('../../model/kinds.ts')
  const [kind = '', ...slashed] = word.split('/')
  if (slashed.length > 0) {
    const definition = kindNamed(kind)
    if (definition === undefined) return []
    return (await objects(definition.kind, settings)).map(({ value }) => ({ value: `${kind}/${value}` }))
  }
  const [first] = before
  if (first === undefined || first.includes('/')) {
    const listed = word.slice(0, word.lastIndexOf(',') + 1)
    return kinds.map(({ plural, singular, description }) => ({
      value: role === 'object' || first !== undefined ? `${singular}/` : `${listed}${plural}`,
      description,
    }))
  }
  const definition = kindNamed(first.split(',')[0] ?? '')
  if (definition === undefined) return []
  const used = new Set(before.slice(1))
  return (await objects(definition.kind, settings)).filter(({ value }) => !used.has(value))
}

async function objectNames(kind: string, settings: ConnectionSettings, quiet: Surroundings): Promise<Candidate[]> {
  const { definitionOf } = await import('../../model/kinds.ts')
  const [list, kinds] = kind === 'Event' ? ['events', ''] : ['resources', `kinds: ["${kind}"], `]
  const { url, token, context, config, namespace } = settings
  const flags = { ...(url && { url }), ...(token && { token }), ...(context && { context }), ...(config && { config }) }
  return withSession(
    quiet,
    { ...flags, ...(namespace && { namespace }), requestTimeout: patience },
    async ({ client, namespace: meant }) => {
      const { page } = await client.query<{ page: { nodes: readonly { readonly name: string }[] } }>(
        `query Names($namespace: String) { page: ${list}(${kinds}namespace: $namespace, first: ${most}) { nodes { name } } }`,
        { namespace: definitionOf(kind).scope === 'Namespaced' ? meant : undefined },
      )
      return page.nodes.map(({ name }) => ({ value: name }))
    },
  )
}

/** The kinds, or the fields below what is written already: `pods.spec.con` can become `pods.spec.containers`. */
async function fieldNames(word: string): Promise<readonly Candidate[]> {
  const dot = word.lastIndexOf('.')
  if (dot < 0) {
    const { kinds } = await import('../../model/kinds.ts')
    return kinds.map(({ plural, description }) => ({ value: plural, description }))
  }
  const { fieldsBelow } = await import('../explain.ts')
  const above = word.slice(0, dot)
  return fieldsBelow(above).map(({ name, description }) => ({ value: `${above}.${name}`, description }))
}

async function orNothing(names: () => Promise<readonly Candidate[]>): Promise<readonly Candidate[]> {
  try {
    return await names()
  } catch {
    // No server, no right, no such kind: there is nothing to offer, and the command itself will say why.
    return []
  }
}
