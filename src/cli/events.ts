import type { KindDefinition } from '../model/kind.ts'
import type { Event } from '../model/kinds/event.ts'
import { definitionOf } from '../model/kinds.ts'
import type { Resource } from '../model/resource.ts'
import { byLastSeen } from './describe/event-lines.ts'
import { UsageError } from './failure.ts'
import { type ObjectTable, objectTable } from './object-table.ts'
import { listObjects } from './objects.ts'
import { type OutputFormat, readOutputFormat } from './output-format.ts'
import { paintFor } from './paint.ts'
import { RowViewer } from './row-viewer.ts'
import type { Session } from './session.ts'
import { formatTable } from './table.ts'
import { parseTargets } from './target.ts'
import { TextViewer } from './text-viewer.ts'
import { type Viewer, viewObjects } from './viewer.ts'

/** The flags of `myriad events`. */
export interface EventFlags {
  readonly allNamespaces?: boolean
  readonly chunkSize: number
  readonly for?: string
  readonly headers: boolean
  readonly output?: string
  readonly types?: readonly string[]
  readonly watch?: boolean
}

/** Runs `myriad events`: what was told about objects, the oldest first, then with `--watch` what is told from then on. */
export async function events(object: string | undefined, flags: EventFlags, session: Session): Promise<void> {
  if (object !== undefined && flags.for !== undefined) throw new UsageError('say the object once: KIND/NAME, or --for')
  const isMeant = filterOf(object ?? flags.for, flags.types)
  const format = await readOutputFormat(flags.output, { input: session.input, hasHeaders: flags.headers })
  const namespace = flags.allNamespaces === true ? undefined : session.namespace
  if (flags.watch === true) return follow({ isMeant, format, namespace, flags }, session)
  const all = await listObjects(session.client, definitionOf('Event'), { namespace, chunkSize: flags.chunkSize })
  const meant = all.filter(isMeant).toSorted(oldestFirst)
  if (format.kind === 'text') session.output.write(format.print(meant, { isList: true }))
  else if (meant.length === 0) {
    session.errors.write(
      namespace === undefined ? 'No events found.\n' : `No events found in ${namespace} namespace.\n`,
    )
  } else {
    const table = tableOf(format, flags, session)
    const now = session.now()
    const rows = meant.map((event) => table.row(event, now))
    session.output.write(formatTable(rows, flags.headers ? table.header : undefined))
  }
}

type Filter = (event: Resource) => boolean

function filterOf(object: string | undefined, types: readonly string[] | undefined): Filter {
  const named = object === undefined ? undefined : namedObject(object)
  const wanted = types?.map(typeNamed)
  return (event) => {
    const { involvedObject, type } = event as Event
    if (wanted !== undefined && !wanted.includes(type ?? '')) return false
    return named === undefined || (involvedObject.kind === named.definition.kind && involvedObject.name === named.name)
  }
}

function namedObject(object: string): { readonly definition: KindDefinition; readonly name: string } {
  const [named] = object.includes('/') ? parseTargets([object]).named : []
  if (named === undefined) throw new UsageError(`"${object}" must be of the form KIND/NAME`)
  return named
}

function typeNamed(type: string): string {
  const known = ['Normal', 'Warning'].find((one) => one.toLowerCase() === type.toLowerCase())
  if (known === undefined) throw new UsageError(`--types must be Normal or Warning, not "${type}"`)
  return known
}

interface Followed {
  readonly isMeant: Filter
  readonly format: OutputFormat
  readonly namespace: string | undefined
  readonly flags: EventFlags
}

async function follow({ isMeant, format, namespace, flags }: Followed, session: Session): Promise<void> {
  const inOrder = (first: readonly Resource[]): readonly Resource[] => first.toSorted(oldestFirst)
  const viewer: Viewer =
    format.kind === 'text'
      ? new TextViewer({ print: format.print, inOrder, options: {}, session })
      : new RowViewer({ table: tableOf(format, flags, session), inOrder, options: flags, session })
  const watched = { definition: definitionOf('Event'), selection: { namespace }, hasInitial: true, isMeant }
  await viewObjects(viewer, watched, session)
}

function tableOf(format: OutputFormat, flags: EventFlags, { output, environment }: Session): ObjectTable {
  return objectTable(definitionOf('Event'), {
    isWide: format.kind === 'table' && format.isWide,
    hasNamespace: flags.allNamespaces === true,
    hasKind: false,
    labelColumns: [],
    showsLabels: false,
    paint: paintFor(output, environment),
  })
}

function oldestFirst(left: Resource, right: Resource): number {
  return byLastSeen(left as Event, right as Event)
}
