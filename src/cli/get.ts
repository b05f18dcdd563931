import { definitionOf } from '../model/kinds.ts'
import type { Resource } from '../model/resource.ts'
import { SeveralErrors } from './failure.ts'
import { type GetOptions, namespaceMeant, tableStyle } from './get-options.ts'
import { notFound } from './not-found.ts'
import { nothingFound } from './nothing-found.ts'
import { objectTable } from './object-table.ts'
import { getObjects, listObjects } from './objects.ts'
import { type OutputFormat, readOutputFormat } from './output-format.ts'
import type { Session } from './session.ts'
import { requireField, sortObjects } from './sort-by.ts'
import { formatTable } from './table.ts'
import { parseTargets, refuseChoiceBesideNames, type Targets } from './target.ts'

/** Runs `myriad get`: prints objects, then with `--watch` what becomes of them. */
export async function get(args: readonly string[], options: GetOptions, session: Session): Promise<void> {
  const files = options.filename === undefined ? undefined : await findInFiles(args, options, session)
  const targets = files?.targets ?? parseTargets(args)
  const isSelecting = options.selector !== undefined || options.fieldSelector !== undefined
  if (files === undefined) refuseChoiceBesideNames(targets, { ...options, isSelecting })
  const format = await readOutputFormat(options.output, {
    input: session.input,
    hasHeaders: options.headers,
    allowsMissing: options.allowMissingTemplateKeys !== 'false',
  })
  if (options.watch === true || options.watchOnly === true) {
    const { watchObjects } = await import('./watch.ts')
    return watchObjects({ targets, format, options }, session)
  }
  const { objects, faults } = files ?? (await findObjects(targets, options, session))
  if (options.sortBy !== undefined) requireField(objects, options.sortBy)
  const sorted = options.sortBy === undefined ? objects : sortObjects(objects, options.sortBy)
  const isList = targets.kinds.length > 0 || targets.named.length > 1
  print(sorted, { format, isList, targets, options }, session)
  if (faults.length > 0) throw new SeveralErrors(faults)
}

interface Found {
  readonly objects: readonly Resource[]
  readonly faults: readonly Error[]
}

async function findInFiles(
  args: readonly string[],
  options: GetOptions,
  session: Session,
): Promise<Found & { readonly targets: Targets }> {
  const { chooseObjects } = await import('./chosen-objects.ts')
  const { chosen, faults } = await chooseObjects(args, options, session)
  return {
    targets: { kinds: [], named: chosen },
    objects: chosen.map(({ object }) => object),
    faults: options.ignoreNotFound === true ? [] : faults,
  }
}

async function findObjects({ kinds, named }: Targets, options: GetOptions, session: Session): Promise<Found> {
  if (named.length > 0) {
    const answers = await getObjects(session.client, named, session.namespace)
    const missing = answers.filter(({ object }) => object === null)
    return {
      objects: answers.flatMap(({ object }) => object ?? []),
      faults: options.ignoreNotFound === true ? [] : missing.map(notFound),
    }
  }
  const selection = {
    namespace: namespaceMeant(options, session),
    labelSelector: options.selector,
    fieldSelector: options.fieldSelector,
    chunkSize: options.chunkSize,
  }
  const lists = await Promise.all(kinds.map((definition) => listObjects(session.client, definition, selection)))
  return { objects: lists.flat(), faults: [] }
}

interface Printed {
  readonly format: OutputFormat
  readonly isList: boolean
  readonly targets: Targets
  readonly options: GetOptions
}

function print(objects: readonly Resource[], { format, isList, targets, options }: Printed, session: Session): void {
  if (format.kind === 'text') {
    if (objects.length > 0 || isList) session.output.write(format.print(objects, { isList }))
    return
  }
  if (objects.length === 0 && targets.kinds.length > 0 && options.ignoreNotFound !== true) {
    session.errors.write(nothingFound(targets.kinds, namespaceMeant(options, session)))
    return
  }
  const meant = new Set([...targets.kinds, ...targets.named.map(({ definition }) => definition)])
  const hasKind = options.showKind === true || meant.size > 1
  const styleOf = tableStyle({ isWide: format.isWide, hasKind }, options, session)
  const now = session.now()
  const tables = runsOfKinds(objects).map(([first, ...others]) => {
    const definition = definitionOf(first.kind)
    const { header, row } = objectTable(definition, styleOf(definition))
    const rows = [first, ...others].map((object) => row(object, now))
    return formatTable(rows, options.headers ? header : undefined)
  })
  session.output.write(tables.join(options.headers ? '\n' : ''))
}

type NonEmpty<Item> = [Item, ...Item[]]

/** The objects in their order, cut where the kind changes. */
function runsOfKinds(objects: readonly Resource[]): NonEmpty<Resource>[] {
  const runs: NonEmpty<Resource>[] = []
  for (const object of objects) {
    const run = runs.at(-1)
    if (run?.[0].kind === object.kind) run.push(object)
    else runs.push([object])
  }
  return runs
}
