import type { Resource } from '../model/resource.ts'
import { outcomePrinter } from './change-objects.ts'
import { type ChoiceFlags, chooseObjects } from './chosen-objects.ts'
import { parseDuration } from './duration.ts'
import { CommandError, SeveralErrors } from './failure.ts'
import { runInterruptibly } from './interruption.ts'
import { type Awaited as AwaitedObject, awaitObject, type Sight } from './object-wait.ts'
import { resourceOf } from './resource-name.ts'
import type { Session } from './session.ts'
import { parseTargets } from './target.ts'
import { type Awaited, parseAwaited } from './wait-condition.ts'
import { WaitingLine } from './waiting-line.ts'

/** The flags of `myriad wait`. */
export interface WaitFlags extends ChoiceFlags {
  readonly for?: string
  readonly output?: string
  readonly timeout: string
}

/** What kubectl takes for no limit: a week. */
const longestMs = 7 * 24 * 3_600_000

/** Runs `myriad wait`: ends when all objects are as `--for` says. */
export async function wait(args: readonly string[], flags: WaitFlags, session: Session): Promise<void> {
  const awaited = parseAwaited(flags.for)
  const given = parseDuration(flags.timeout, '--timeout')
  const timeoutMs = given < 0 ? longestMs : given
  const print = await outcomePrinter({ output: flags.output, dryRun: 'none' }, session)
  const { objects, faults } = await objectsMeant(args, { awaited, flags }, session)
  const deadline = performance.now() + timeoutMs
  const failures: Error[] = [...faults]
  for (const object of objects) {
    try {
      const leftMs = Math.max(0, deadline - performance.now())
      const last = await waitFor(object, { awaited, timeoutMs: leftMs }, session)
      print([{ object: last ?? object.object ?? barely(object), verb: 'condition met' }])
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new SeveralErrors(failures)
}

/** An object that need not be there. `uid` and `object` are of the one that was there when the command began. */
interface Meant extends AwaitedObject {
  readonly object?: Resource
}

interface Question {
  readonly awaited: Awaited
  readonly flags: WaitFlags
}

async function objectsMeant(
  args: readonly string[],
  { awaited, flags }: Question,
  session: Session,
): Promise<{ readonly objects: readonly Meant[]; readonly faults: readonly Error[] }> {
  if (awaited.kind === 'create') {
    const { named } = parseTargets(args)
    if (named.length === 0) throw new CommandError('--for=create needs the names of the objects')
    const objects = named.map((one) => ({
      ...one,
      namespace: one.definition.scope === 'Cluster' ? '' : session.namespace,
    }))
    return { objects, faults: [] }
  }
  const { chosen, faults, isSelection } = await chooseObjects(args, flags, session)
  if (isSelection && chosen.length === 0 && awaited.kind !== 'delete') {
    throw new CommandError('no matching resources found')
  }
  // What is not there any more is gone, as was asked.
  return { objects: chosen, faults: awaited.kind === 'delete' ? [] : faults }
}

async function waitFor(
  object: Meant,
  { awaited, timeoutMs }: { readonly awaited: Awaited; readonly timeoutMs: number },
  session: Session,
): Promise<Resource | undefined> {
  const name = `${resourceOf(object.definition)}/${object.name}`
  const sight = sightOf(awaited, object.object)
  // With no patience it is looked once.
  if (timeoutMs === 0 && object.object !== undefined && sight(object.object)) return object.object
  const line = new WaitingLine(session)
  return runInterruptibly(
    session,
    async (signal) => {
      line.show(`Waiting for the condition on ${name} (Ctrl-C to leave)`)
      try {
        return await awaitObject(session, object, { isMet: sight, signal, line })
      } finally {
        line.clear()
      }
    },
    { timeoutMs, onTimeout: () => `timed out waiting for the condition on ${name}` },
  )
}

function sightOf(awaited: Awaited, before: Resource | undefined): Sight {
  if (awaited.kind === 'create') return (now) => now !== undefined
  if (awaited.kind === 'delete') return (now) => now?.metadata.uid !== before?.metadata.uid
  return (now) => now !== undefined && awaited.isMet(now)
}

function barely({ definition, name, namespace }: Meant): Resource {
  const { apiVersion, kind } = definition
  return { apiVersion, kind, metadata: { name, namespace } as unknown as Resource['metadata'] }
}
