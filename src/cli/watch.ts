import type { KindDefinition } from '../model/kind.ts'
import type { Resource } from '../model/resource.ts'
import { SeveralErrors, UsageError } from './failure.ts'
import { type GetOptions, namespaceMeant, tableStyle } from './get-options.ts'
import { LivePicture } from './live-picture.ts'
import { notFound } from './not-found.ts'
import { objectTable } from './object-table.ts'
import { getObjects } from './objects.ts'
import type { OutputFormat } from './output-format.ts'
import { RowViewer } from './row-viewer.ts'
import type { Session } from './session.ts'
import { sortObjects } from './sort-by.ts'
import type { Targets } from './target.ts'
import { TextViewer } from './text-viewer.ts'
import { byName, type Viewer, viewObjects } from './viewer.ts'

/** What is watched, and how it is printed. */
export interface Watching {
  readonly targets: Targets
  readonly format: OutputFormat
  readonly options: GetOptions
}

/**
 * Prints objects and then what becomes of them, until Ctrl-C: on a terminal as a table that stays up to date, elsewhere one
 * row, or one text, for each event.
 */
export async function watchObjects({ targets, format, options }: Watching, session: Session): Promise<void> {
  const definition = onlyKind(targets)
  const names = new Set(targets.named.map(({ name }) => name))
  const isMeant = ({ metadata }: Resource): boolean => names.size === 0 || names.has(metadata.name)
  await requireNamed(targets, session)
  const viewer = viewerOf(definition, { format, options, session })
  const selection = {
    namespace: namespaceMeant(options, session),
    labelSelector: options.selector,
    fieldSelector: fieldSelectorOf(names, options),
  }
  await viewObjects(viewer, { definition, selection, hasInitial: options.watchOnly !== true, isMeant }, session)
}

/** Throws what is to be said of objects that are named and not there: kubectl does not wait for them. */
async function requireNamed({ named }: Targets, session: Session): Promise<void> {
  if (named.length === 0) return
  const answers = await getObjects(session.client, named, session.namespace)
  const faults = answers.filter(({ object }) => object === null).map(notFound)
  if (faults.length > 0) throw new SeveralErrors(faults)
}

/** A single name is selected by the server, so that nothing else is sent. */
function fieldSelectorOf(names: ReadonlySet<string>, { fieldSelector }: GetOptions): string | undefined {
  const [name, ...others] = names
  return name === undefined || others.length > 0 ? fieldSelector : `metadata.name=${name}`
}

function onlyKind({ kinds, named }: Targets): KindDefinition {
  const [definition, ...others] = new Set([...kinds, ...named.map((one) => one.definition)])
  if (definition === undefined || others.length > 0) {
    throw new UsageError('you may only specify a single resource type when watching')
  }
  return definition
}

interface Viewed {
  readonly format: OutputFormat
  readonly options: GetOptions
  readonly session: Session
}

function viewerOf(definition: KindDefinition, { format, options, session }: Viewed): Viewer {
  const { output, environment } = session
  const inOrder = (objects: readonly Resource[]): readonly Resource[] => {
    const named = objects.toSorted(byName)
    return options.sortBy === undefined ? named : sortObjects(named, options.sortBy)
  }
  if (format.kind === 'text') return new TextViewer({ print: format.print, inOrder, options, session })
  const hasKind = options.showKind === true
  const styleOf = tableStyle({ isWide: format.isWide, hasKind }, options, { output, environment })
  const table = objectTable(definition, styleOf(definition))
  // Events follow each other: a table in which they change places would be read worse.
  const isLive =
    definition.kind !== 'Event' &&
    output.isTerminal &&
    environment['TERM'] !== 'dumb' &&
    options.outputWatchEvents !== true
  if (isLive) return new LivePicture({ table, inOrder, hasHeader: options.headers, session })
  return new RowViewer({ table, inOrder, options, session })
}
