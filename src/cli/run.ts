import type { WriteOptions } from '../client/index.ts'
import type { Resource } from '../model/resource.ts'
import { outcomePrinter } from './change-objects.ts'
import type { DryRun } from './dry-run.ts'
import { type PodFlags, podManifest } from './run-pod.ts'
import type { Session } from './session.ts'

/** The flags of `myriad run`. */
export interface RunFlags extends PodFlags {
  readonly dryRun: DryRun
  readonly output?: string
}

/** Runs `myriad run`: creates a pod of one container. */
export async function runPod(
  { name, words }: { readonly name: string; readonly words: readonly string[] },
  flags: RunFlags,
  session: Session,
): Promise<void> {
  const pod = podManifest(name, words, flags)
  await createObject(pod, { flags, session, create: (options) => session.client.pods.create(pod, options) })
}

/** Runs `myriad create namespace`. */
export async function createNamespace(name: string, flags: CreateFlags, session: Session): Promise<void> {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } } as const
  const create = (options: WriteOptions) => session.client.namespaces.create(namespace, options)
  await createObject(namespace, { flags, session, create })
}

type CreateFlags = Pick<RunFlags, 'dryRun' | 'output'>

interface Creation {
  readonly flags: CreateFlags
  readonly session: Session
  /** Creates the object, of which faults name its fields: nobody has written a manifest. */
  readonly create: (options: WriteOptions) => Promise<unknown>
}

async function createObject(manifest: object, { flags, session, create }: Creation): Promise<void> {
  const print = await outcomePrinter(flags, session)
  const { namespace } = session
  const object = flags.dryRun === 'client' ? manifest : await create({ namespace, dryRun: flags.dryRun === 'server' })
  print([{ object: object as Resource, verb: 'created' }])
}
