import type { Resource } from '../model/resource.ts'
import { type ChoiceFlags, chooseObjects } from './chosen-objects.ts'
import { describeObject } from './describe/describe.ts'
import { SeveralErrors } from './failure.ts'
import { notFound } from './not-found.ts'
import { nothingFound } from './nothing-found.ts'
import { getObjects, listObjects, type Named } from './objects.ts'
import type { Session } from './session.ts'
import { parseTargets, refuseChoiceBesideNames } from './target.ts'

/** The flags of `myriad describe`. */
export interface DescribeFlags extends Pick<ChoiceFlags, 'allNamespaces' | 'filename' | 'recursive' | 'selector'> {
  readonly showEvents: 'true' | 'false'
}

/** How many descriptions are asked for at a time. */
const atOnce = 8

/** Runs `myriad describe`: the objects that are named, by files too, that have a prefix as their name, or that are selected. */
export async function describeAll(args: readonly string[], flags: DescribeFlags, session: Session): Promise<void> {
  const { objects, faults } = await findDescribed(args, flags, session)
  const options = { client: session.client, now: session.now(), hasEvents: flags.showEvents === 'true' }
  for (let start = 0; start < objects.length; start += atOnce) {
    const some = objects.slice(start, start + atOnce).map((object) => describeObject(object, options))
    const separator = start === 0 ? '' : '\n\n'
    session.output.write(`${separator}${(await Promise.all(some)).join('\n\n')}`)
  }
  if (faults.length > 0) throw new SeveralErrors(faults)
  if (objects.length === 0 && flags.filename === undefined) {
    const { kinds } = parseTargets(args)
    session.errors.write(nothingFound(kinds, flags.allNamespaces === true ? undefined : session.namespace))
  }
}

interface Found {
  readonly objects: readonly Resource[]
  readonly faults: readonly Error[]
}

async function findDescribed(args: readonly string[], flags: DescribeFlags, session: Session): Promise<Found> {
  if (flags.filename !== undefined) {
    const { chosen, faults } = await chooseObjects(args, flags, session)
    return { objects: chosen.map(({ object }) => object), faults }
  }
  const targets = parseTargets(args)
  const { kinds, named } = targets
  const { client } = session
  refuseChoiceBesideNames(targets, { ...flags, isSelecting: flags.selector !== undefined })
  if (named.length > 0) {
    const answers = await getObjects(client, named, session.namespace)
    const found = await Promise.all(answers.map((answer) => exactOrPrefixed(answer, session)))
    const faults = answers.filter((_, index) => found[index]?.length === 0).map(notFound)
    return { objects: found.flat(), faults }
  }
  const namespace = flags.allNamespaces === true ? undefined : session.namespace
  const selection = { namespace, labelSelector: flags.selector }
  const lists = await Promise.all(kinds.map((definition) => listObjects(client, definition, selection)))
  return { objects: lists.flat(), faults: [] }
}

/** An object, or where there is none of that name those whose names begin so. */
async function exactOrPrefixed({ definition, name, object }: Named, session: Session): Promise<readonly Resource[]> {
  if (object !== null) return [object]
  const all = await listObjects(session.client, definition, { namespace: session.namespace })
  return all.filter(({ metadata }) => metadata.name.startsWith(name))
}
