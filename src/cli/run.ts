import type { Resource } from '../model/resource.ts'
import { outcomePrinter } from './change-objects.ts'
import type { DryRun } from './dry-run.ts'
import { carryOut, manifestMutations } from './manifest-command.ts'
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
  await createObject(podManifest(name, words, flags), flags, session)
}

/** Runs `myriad create namespace`. */
export async function createNamespace(
  name: string,
  flags: Pick<RunFlags, 'dryRun' | 'output'>,
  session: Session,
): Promise<void> {
  await createObject({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, flags, session)
}

async function createObject(
  manifest: Readonly<Record<string, unknown>>,
  flags: Pick<RunFlags, 'dryRun' | 'output'>,
  session: Session,
): Promise<void> {
  const print = await outcomePrinter(flags, session)
  if (flags.dryRun === 'client') {
    print([{ object: manifest as unknown as Resource, verb: 'created' }])
    return
  }
  const request = { manifests: JSON.stringify(manifest), dryRun: flags.dryRun }
  print(await carryOut(manifestMutations.create, request, session))
}
