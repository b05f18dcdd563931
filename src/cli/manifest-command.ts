import { RequestError } from '../client/index.ts'
import type { Resource } from '../model/resource.ts'
import { outcomePrinter } from './change-objects.ts'
import type { DryRun } from './dry-run.ts'
import { CommandError, UsageError } from './failure.ts'
import { readManifestFiles } from './manifest-files.ts'
import { joinFiles } from './manifest-text.ts'
import { objectOf } from './objects.ts'
import type { Session } from './session.ts'

/** The flags of `myriad apply`, `create` and `replace`. */
export interface ManifestFlags {
  /** The namespace that a flag has named. */
  readonly namespace?: string
  readonly filename?: readonly string[]
  readonly recursive?: boolean
  readonly dryRun: DryRun
  readonly output?: string
  readonly validate?: string | boolean
}

/** A mutation that takes a text of manifests, and what is said of an object that it has changed. */
export interface ManifestMutation {
  readonly name: 'apply' | 'create' | 'replace'
  readonly verbs: Readonly<Record<'CREATED' | 'CONFIGURED' | 'UNCHANGED', string>>
}

/** What `myriad apply`, `create` and `replace` say of objects, in kubectl's words. */
export const manifestMutations = {
  apply: { name: 'apply', verbs: { CREATED: 'created', CONFIGURED: 'configured', UNCHANGED: 'unchanged' } },
  create: { name: 'create', verbs: { CREATED: 'created', CONFIGURED: 'created', UNCHANGED: 'created' } },
  replace: { name: 'replace', verbs: { CREATED: 'replaced', CONFIGURED: 'replaced', UNCHANGED: 'replaced' } },
  edit: { name: 'replace', verbs: { CREATED: 'edited', CONFIGURED: 'edited', UNCHANGED: 'edited' } },
} as const satisfies Readonly<Record<string, ManifestMutation>>

/** Sends the manifests of all files in one request, which the server carries out as a whole or not at all. */
export async function sendManifests(mutation: ManifestMutation, flags: ManifestFlags, session: Session): Promise<void> {
  requireStrictness(flags.validate)
  const print = await outcomePrinter(flags, session)
  const { filename = [], recursive } = flags
  const files = await readManifestFiles({ filename, recursive }, session)
  if (flags.namespace !== undefined) (await import('./manifest-objects.ts')).assertNamespace(files, flags.namespace)
  try {
    print(await carryOut(mutation, { manifests: joinFiles(files), dryRun: flags.dryRun }, session))
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    if (saysEmpty(error)) throw new CommandError(`no objects passed to ${mutation.name}`, { cause: error })
    throw (await import('./manifest-faults.ts')).locateFaults(error, files)
  }
}

/** Whether the server has found nothing in the whole text. */
function saysEmpty({ causes: [cause] }: RequestError): boolean {
  return cause?.field === 'manifests' && cause.reason === 'FieldValueRequired'
}

/** Has the server carry out one text of manifests. */
export async function carryOut(
  { name, verbs }: ManifestMutation,
  { manifests, dryRun }: { readonly manifests: string; readonly dryRun: DryRun },
  { client, namespace }: Pick<Session, 'client' | 'namespace'>,
): Promise<{ readonly object: Resource; readonly verb: string }[]> {
  const applied = await client.resources()[name](manifests, { namespace, dryRun: dryRun !== 'none' })
  return applied.map(({ action, object }) => ({ object: objectOf(object), verb: verbs[action] }))
}

/** The server judges all fields of all objects, always. */
function requireStrictness(validate: string | boolean | undefined): void {
  if (validate === undefined || validate === true || validate === 'true' || validate === 'strict') return
  throw new UsageError(`--validate=${String(validate)} cannot be had: the server judges every field, as with "strict"`)
}
