import { isRequestError } from '../client/index.ts'
import { type ChoiceFlags, type Chosen, chooseObjects } from './chosen-objects.ts'
import { type Deletion, type DeletionFlags, deletionOf } from './delete-options.ts'
import { type DryRun, dryRunSuffix } from './dry-run.ts'
import { parseDuration } from './duration.ts'
import { SeveralErrors, UsageError } from './failure.ts'
import { runInterruptibly } from './interruption.ts'
import { awaitObject } from './object-wait.ts'
import { resourceName, resourceOf } from './resource-name.ts'
import type { Session } from './session.ts'
import { settleEach } from './settle-each.ts'
import { fewNames, WaitingLine } from './waiting-line.ts'

/** The flags of `myriad delete`. */
export interface DeleteFlags extends ChoiceFlags, DeletionFlags {
  readonly dryRun: DryRun
  readonly ignoreNotFound?: boolean
  readonly output?: string
  readonly timeout: string
  readonly wait: boolean | string
}

/** Runs `myriad delete`: deletes objects, then waits until they are gone. */
export async function deleteObjects(args: readonly string[], flags: DeleteFlags, session: Session): Promise<void> {
  const deletion = deletionOf(flags)
  const timeoutMs = parseDuration(flags.timeout, '--timeout')
  if (flags.output !== undefined && flags.output !== 'name') {
    throw new UsageError('unexpected -o output mode: the only one is "name"')
  }
  const { chosen, faults, isSelection } = await chooseObjects(args, flags, session)
  warn(chosen, flags, session)
  if (chosen.length === 0 && faults.length === 0) session.output.write('No resources found\n')
  const failures = flags.ignoreNotFound === true ? [] : [...faults]
  const deleted: Chosen[] = []
  const remove = (one: Chosen): Promise<void> => deleteOne(one, { deletion, dryRun: flags.dryRun }, session)
  // The order of files is meant: what comes first may be what the rest is in.
  for await (const [one, settled] of settleEach(chosen, remove, flags.filename === undefined ? undefined : 1)) {
    if (settled.status === 'fulfilled') {
      session.output.write(deletedText(one, flags))
      deleted.push(one)
    } else {
      const error: unknown = settled.reason
      if (!(error instanceof Error)) throw error
      const isExpected = isRequestError(error, 'NOT_FOUND') && (isSelection || flags.ignoreNotFound === true)
      if (!isExpected) failures.push(error)
    }
  }
  const isServerGone = failures.some((failure) => isRequestError(failure, 'UNAVAILABLE'))
  if (isOn(flags.wait) && flags.dryRun === 'none' && !isServerGone) await waitUntilGone(deleted, timeoutMs, session)
  if (failures.length > 0) throw new SeveralErrors(failures)
}

/** Waits until these very objects are gone; others may have their names by then. */
async function waitUntilGone(objects: readonly Chosen[], timeoutMs: number, session: Session): Promise<void> {
  const left = new Set(objects)
  const line = new WaitingLine(session)
  const few = (): string => fewNames(left, ({ definition, name }) => `${resourceOf(definition)}/${name}`)
  const tell = (): void => line.show(`Waiting for ${few()} to be gone (Ctrl-C to leave)`)
  const onTimeout = (): string => `timed out waiting for the condition on ${few()}`
  await runInterruptibly(
    session,
    async (signal) => {
      try {
        for (const one of objects) {
          tell()
          const { uid } = one.object.metadata
          await awaitObject(session, one, { isMet: (now) => now?.metadata.uid !== uid, signal, line })
          left.delete(one)
        }
      } finally {
        line.clear()
      }
    },
    { timeoutMs: timeoutMs > 0 ? timeoutMs : undefined, onTimeout },
  )
}

function isOn(flag: boolean | string): boolean {
  if (flag === true || flag === 'true') return true
  if (flag === false || flag === 'false') return false
  throw new UsageError(`--wait must be true or false, not "${flag}"`)
}

async function deleteOne(
  { definition, namespace, name, object }: Chosen,
  { deletion, dryRun }: { readonly deletion: Deletion; readonly dryRun: DryRun },
  { client }: Session,
): Promise<void> {
  if (dryRun === 'client') return
  await client.resources().delete({
    kind: definition.kind,
    namespace,
    name,
    uid: object.metadata.uid,
    dryRun: dryRun === 'server',
    ...deletion,
  })
}

/** `pod "web" deleted from default namespace`, or with `-o name` only `pod/web`. */
function deletedText({ object, namespace }: Chosen, { output, dryRun, force = false }: DeleteFlags): string {
  const word = resourceName(object)
  if (output === 'name') return `${word}\n`
  const slash = word.indexOf('/')
  const where = namespace === '' ? '' : ` from ${namespace} namespace`
  const verb = `${force ? 'force deleted' : 'deleted'}${where}${dryRunSuffix(dryRun)}`
  return `${word.slice(0, slash)} "${word.slice(slash + 1)}" ${verb}\n`
}

function warn(chosen: readonly Chosen[], flags: DeleteFlags & { readonly namespace?: string }, session: Session): void {
  const { errors } = session
  if (flags.force === true && chosen.length > 0) {
    errors.write(
      'Warning: a forced deletion does not wait for what runs to end; it may go on running on its node for ever\n',
    )
  }
  const isClusterWide = chosen.some(({ definition }) => definition.scope === 'Cluster')
  if (isClusterWide && flags.all === true && flags.namespace !== undefined) {
    errors.write('Warning: these objects are cluster-wide: the namespace does not limit which are deleted\n')
  }
}
