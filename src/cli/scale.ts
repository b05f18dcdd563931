import type { Resource } from '../model/resource.ts'
import { changeEach, type Outcome, outcomePrinter } from './change-objects.ts'
import { type ChoiceFlags, type Chosen, chooseObjects } from './chosen-objects.ts'
import type { DryRun } from './dry-run.ts'
import { parseDuration } from './duration.ts'
import { CommandError, UsageError } from './failure.ts'
import { runInterruptibly } from './interruption.ts'
import { awaitObject } from './object-wait.ts'
import { objectOf } from './objects.ts'
import { resourceName, resourceOf } from './resource-name.ts'
import type { Session } from './session.ts'
import { WaitingLine } from './waiting-line.ts'

/** The flags of `myriad scale`. */
export interface ScaleFlags extends ChoiceFlags {
  readonly currentReplicas: number
  readonly dryRun: DryRun
  readonly output?: string
  readonly replicas?: number
  readonly resourceVersion?: string
  readonly timeout: string
}

/** Runs `myriad scale`: sets how many pods controllers keep, and with `--timeout` waits until they have them. */
export async function scale(args: readonly string[], flags: ScaleFlags, session: Session): Promise<void> {
  const { replicas } = flags
  if (replicas === undefined || replicas < 0) {
    throw new UsageError('the --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0')
  }
  const timeoutMs = parseDuration(flags.timeout, '--timeout')
  const print = await outcomePrinter(flags, session)
  const choice = await chooseObjects(args, flags, session)
  if (choice.chosen.length > 1 && flags.resourceVersion !== undefined) {
    throw new UsageError('cannot use --resource-version with multiple resources')
  }
  if (choice.isSelection && choice.chosen.length === 0) throw new CommandError('no objects passed to scale')
  await changeEach(choice, print, async (one): Promise<Outcome> => {
    const object = await scaleOne(one, { ...flags, replicas }, session)
    if (timeoutMs > 0 && flags.dryRun === 'none') await waitForReplicas(one, { replicas, timeoutMs }, session)
    return { object, verb: 'scaled' }
  })
}

async function scaleOne(
  { definition, namespace, name }: Chosen,
  { replicas, currentReplicas, resourceVersion, dryRun }: ScaleFlags & { readonly replicas: number },
  { client }: Session,
): Promise<Resource> {
  const scaled = await client.resources().scale({
    kind: definition.kind,
    namespace,
    name,
    replicas,
    currentReplicas: currentReplicas < 0 ? undefined : currentReplicas,
    resourceVersion,
    dryRun: dryRun !== 'none',
  })
  return objectOf(scaled)
}

interface Goal {
  readonly replicas: number
  readonly timeoutMs: number
}

async function waitForReplicas(one: Chosen, { replicas, timeoutMs }: Goal, session: Session): Promise<void> {
  const line = new WaitingLine(session)
  const name = `${resourceOf(one.definition)}/${one.name}`
  const onTimeout = (): string => `timed out waiting for "${one.name}" to be synced`
  await runInterruptibly(
    session,
    async (signal) => {
      line.show(`Waiting for ${name} to have ${replicas} replicas (Ctrl-C to leave)`)
      try {
        const isMet = (object: Resource | undefined): boolean => object === undefined || hasReplicas(object, replicas)
        const last = await awaitObject(session, one, { isMet, signal, line })
        if (last === undefined) throw new CommandError(`${resourceName(one.object)} was deleted meanwhile`)
      } finally {
        line.clear()
      }
    },
    { timeoutMs, onTimeout },
  )
}

interface Replicated extends Resource {
  readonly status?: { readonly replicas?: number; readonly observedGeneration?: number }
}

function hasReplicas(object: Resource, replicas: number): boolean {
  const { metadata, status = {} } = object as Replicated
  return (status.observedGeneration ?? 0) >= (metadata.generation ?? 0) && (status.replicas ?? 0) === replicas
}
