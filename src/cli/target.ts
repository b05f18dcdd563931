import type { KindDefinition } from '../model/kind.ts'
import { kindNamed, kinds } from '../model/kinds.ts'
import { suggestName } from '../model/names.ts'
import { CommandError, UsageError } from './failure.ts'

/** What the arguments of a command name: all objects of some kinds, or objects by their names. */
export interface Targets {
  /** Kinds of which all objects are meant, in the order of the arguments. Empty where names are given. */
  readonly kinds: readonly KindDefinition[]
  readonly named: readonly { readonly definition: KindDefinition; readonly name: string }[]
}

/** Kinds that `all` stands for: those that users run, as kubectl's category of that name. */
const categoryAll: ReadonlySet<string> = new Set(['Pod', 'ReplicationController', 'ReplicaSet'])

/**
 * Reads `KIND[,KIND] [NAME…]` or `KIND/NAME…`, as kubectl does. Kinds are called by kind, plural, singular or short name in
 * any case, with or without `.GROUP` or `.VERSION.GROUP`. Throws a CommandError for a kind that is not there, a UsageError for
 * a mixture of both forms.
 */
export function parseTargets(args: readonly string[]): Targets {
  const [first, ...names] = args
  if (first === undefined) {
    throw new UsageError(
      'you must say a kind, such as "pods" or "pod/web"; `myriad api-resources` lists those that there are',
    )
  }
  if (args.some((arg) => arg.includes('/'))) return { kinds: [], named: args.map(parseSlashed) }
  const definitions = parseKinds(first)
  if (names.length === 0) return { kinds: definitions, named: [] }
  return { kinds: [], named: definitions.flatMap((definition) => names.map((name) => ({ definition, name }))) }
}

/** Throws a UsageError where names stand beside what would choose objects without them. */
export function refuseChoiceBesideNames(
  { named }: Targets,
  {
    isSelecting,
    allNamespaces = false,
  }: { readonly isSelecting: boolean; readonly allNamespaces?: boolean | undefined },
): void {
  if (named.length === 0) return
  if (isSelecting) throw new UsageError('name cannot be provided when a selector is specified')
  if (allNamespaces) throw new UsageError('a resource cannot be retrieved by name across all namespaces')
}

/** The kinds that a word such as `po,rc` means. */
function parseKinds(word: string): KindDefinition[] {
  const definitions = word.split(',').flatMap((part) => {
    return part.toLowerCase() === 'all' ? kinds.filter(({ kind }) => categoryAll.has(kind)) : [parseKind(part)]
  })
  return [...new Set(definitions)]
}

function parseKind(word: string): KindDefinition {
  const definition = kindNamed(word) ?? kindOfVersion(word)
  if (definition !== undefined) return definition
  const near = suggestName(
    word,
    kinds.flatMap(({ plural, singular }) => [plural, singular]),
  )
  const hint = near === undefined ? '' : `, did you mean "${near}"?`
  throw new CommandError(`the server doesn't have a resource type "${word}"${hint}`)
}

/** The kind that `replicasets.v1.apps` means, or `pods.v1.`, as the first group has no name. */
function kindOfVersion(word: string): KindDefinition | undefined {
  const [, type = '', version = '', group = ''] = /^([^.]+)\.([^.]+)\.(.*)$/.exec(word.toLowerCase()) ?? []
  const definition = kindNamed(type)
  return definition?.apiVersion === (group === '' ? version : `${group}/${version}`) ? definition : undefined
}

function parseSlashed(arg: string): Targets['named'][number] {
  const [kind = '', name = '', ...rest] = arg.split('/')
  if (name === '' && !arg.includes('/')) {
    throw new UsageError(
      `"${arg}" stands beside arguments of the form KIND/NAME: say all as KIND/NAME, or the kind once and then names`,
    )
  }
  if (kind === '' || name === '' || rest.length > 0) {
    throw new UsageError(`"${arg}" must be of the form KIND/NAME, with one slash`)
  }
  return { definition: parseKind(kind), name }
}
