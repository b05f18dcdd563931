import type { KindDefinition } from '../model/kind.ts'
import type { Resource } from '../model/resource.ts'
import { UsageError } from './failure.ts'
import { readManifestFiles } from './manifest-files.ts'
import { notFound } from './not-found.ts'
import { getObjects, listObjects, type ObjectName } from './objects.ts'
import type { Session } from './session.ts'
import { parseTargets, refuseChoiceBesideNames } from './target.ts'

/** The flags that choose objects, beside arguments that name them. */
export interface ChoiceFlags {
  /** The namespace that a flag has named. */
  readonly namespace?: string
  readonly all?: boolean
  readonly allNamespaces?: boolean
  readonly fieldSelector?: string
  readonly filename?: readonly string[]
  readonly recursive?: boolean
  readonly selector?: string
}

/** An object that is there. */
export interface Chosen extends ObjectName {
  /** '' for kinds that are cluster-wide. */
  readonly namespace: string
  readonly object: Resource
}

/** The objects that are there, and what is to be said of those that are not. */
export interface Choice {
  readonly chosen: readonly Chosen[]
  readonly faults: readonly Error[]
  /** Whether a selector or --all has chosen them, so that there may be none. */
  readonly isSelection: boolean
}

/**
 * The objects that a command is about: those of files, of names, of a selector, or all of some kinds. Throws a UsageError
 * where nothing says which ones are meant.
 */
export async function chooseObjects(args: readonly string[], flags: ChoiceFlags, session: Session): Promise<Choice> {
  const isSelecting = flags.selector !== undefined || flags.fieldSelector !== undefined || flags.all === true
  if (flags.filename !== undefined) {
    if (args.length > 0 || isSelecting) throw new UsageError('say the objects by files, or by kinds: not both')
    return choose(await namesInFiles(flags, session), session)
  }
  const targets = parseTargets(args)
  const { kinds, named } = targets
  refuseChoiceBesideNames(targets, { ...flags, isSelecting })
  if (named.length > 0) return choose(named, session)
  if (flags.all === true && flags.selector !== undefined) {
    throw new UsageError('cannot set --all and --selector at the same time')
  }
  if (!isSelecting) throw new UsageError('resource(s) were provided, but no name was specified: say names, -l or --all')
  return { chosen: await listChosen(kinds, flags, session), faults: [], isSelection: true }
}

/** The namespace of an object, or ''. */
function placeOf(object: Resource): string {
  return object.metadata.namespace ?? ''
}

interface PlacedName extends ObjectName {
  readonly namespace?: string | undefined
}

async function namesInFiles(
  { filename = [], recursive, namespace }: ChoiceFlags,
  session: Session,
): Promise<PlacedName[]> {
  const { assertNamespace, objectsNamedIn } = await import('./manifest-objects.ts')
  const files = await readManifestFiles({ filename, recursive }, session)
  assertNamespace(files, namespace)
  return objectsNamedIn(files)
}

async function choose(names: readonly PlacedName[], session: Session): Promise<Choice> {
  const namespaces = [...new Set(names.map(({ namespace }) => namespace ?? session.namespace))]
  const answers = new Map<PlacedName, Resource | null>()
  for (const namespace of namespaces) {
    const there = names.filter((name) => (name.namespace ?? session.namespace) === namespace)
    const found = await getObjects(session.client, there, namespace)
    for (const [index, name] of there.entries()) answers.set(name, found[index]?.object ?? null)
  }
  const chosen = names.flatMap((name) => {
    const object = answers.get(name)
    return object ? [{ definition: name.definition, name: name.name, namespace: placeOf(object), object }] : []
  })
  const missing = names.filter((name) => answers.get(name) === null)
  return { chosen, faults: missing.map(notFound), isSelection: false }
}

async function listChosen(
  kinds: readonly KindDefinition[],
  { allNamespaces, selector, fieldSelector }: ChoiceFlags,
  session: Session,
): Promise<Chosen[]> {
  const namespace = allNamespaces === true ? undefined : session.namespace
  const lists = await Promise.all(
    kinds.map(async (definition) => {
      const objects = await listObjects(session.client, definition, {
        namespace,
        labelSelector: selector,
        fieldSelector,
      })
      return objects.map((object) => ({ definition, name: object.metadata.name, namespace: placeOf(object), object }))
    }),
  )
  return lists.flat()
}
