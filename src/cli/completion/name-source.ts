import type { Pod } from '../../model/kinds/pod.ts'
import type { ConnectionSettings } from '../config.ts'
import { configPath, readContextFile } from '../context-file.ts'
import { withSession } from '../session.ts'
import type { Surroundings } from '../surroundings.ts'
import type { Candidate } from './complete.ts'

/** An argument that is being written. */
export interface ArgumentPlace {
  /** Name of the argument, which says what it is: `targets`, `object`, `nodes`, `container`, `context`, `field`. */
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
      if (place.role === 'nodes') return others(await objects('Node', place.settings), place.before)
      if (place.role === 'container') return orNothing(() => containerNames(place, quiet))
      if (place.role === 'field') return orNothing(() => fieldNames(place.word))
      // `logs POD`, but also `logs rc/web`.
      if (place.role === 'target' && !place.word.includes('/')) {
        if (place.before.length === 0) return objects('Pod', place.settings)
        return place.before.length === 1 ? orNothing(() => containerNames(place, quiet)) : []
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
  return others(await objects(definition.kind, settings), before.slice(1))
}

/** Those that have not been said yet. */
function others(candidates: readonly Candidate[], said: readonly string[]): readonly Candidate[] {
  return candidates.filter(({ value }) => !said.includes(value))
}

async function objectNames(kind: string, settings: ConnectionSettings, quiet: Surroundings): Promise<Candidate[]> {
  const { definitionOf } = await import('../../model/kinds.ts')
  const [list, kinds] = kind === 'Event' ? ['events', ''] : ['resources', `kinds: ["${kind}"], `]
  return withSession(quiet, flagsOf(settings), async ({ client, namespace }) => {
    const { page } = await client.query<{ page: { nodes: readonly { readonly name: string }[] } }>(
      `query Names($namespace: String) { page: ${list}(${kinds}namespace: $namespace, first: ${most}) { nodes { name } } }`,
      { namespace: definitionOf(kind).scope === 'Namespaced' ? namespace : undefined },
    )
    return page.nodes.map(({ name }) => ({ value: name }))
  })
}

/** The containers of the pod that `logs` is told: `web` or `pod/web`. */
async function containerNames(
  { before: [target = ''], settings }: ArgumentPlace,
  quiet: Surroundings,
): Promise<Candidate[]> {
  const { parseTargets } = await import('../target.ts')
  const { getObjects } = await import('../objects.ts')
  const { named } = parseTargets([target.includes('/') ? target : `pod/${target}`])
  return withSession(quiet, flagsOf(settings), async ({ client, namespace }) => {
    const [found] = await getObjects(client, named, namespace)
    const { spec } = (found?.object ?? {}) as Partial<Pod>
    const containers = [spec?.containers, spec?.initContainers, spec?.ephemeralContainers]
    return containers.flatMap((some) => (some ?? []).map(({ name }) => ({ value: name })))
  })
}

/** Of the flags that were given, those of the connection; those of other commands may stand beside them. */
function flagsOf({ url, token, context, config, namespace }: ConnectionSettings): ConnectionSettings {
  return {
    ...(url && { url }),
    ...(token && { token }),
    ...(context && { context }),
    ...(config && { config }),
    ...(namespace && { namespace }),
    requestTimeout: patience,
  }
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
