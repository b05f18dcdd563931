import { parse } from 'yaml'
import { changeEach, type Outcome, outcomePrinter, patchObject } from './change-objects.ts'
import { type ChoiceFlags, chooseObjects } from './chosen-objects.ts'
import type { DryRun } from './dry-run.ts'
import { UsageError } from './failure.ts'
import type { Session } from './session.ts'
import { readSource } from './source.ts'

/** The flags of `myriad patch`. */
export interface PatchFlags extends ChoiceFlags {
  readonly dryRun: DryRun
  readonly output?: string
  readonly patch?: string
  readonly patchFile?: string
  readonly type: string
}

/** Runs `myriad patch`: merges a part of a manifest into objects (RFC 7386). */
export async function patch(args: readonly string[], flags: PatchFlags, session: Session): Promise<void> {
  if (flags.type !== 'merge') throw new UsageError(`--type must be merge, the only type that there is: "${flags.type}"`)
  const value = parsePatch(await patchText(flags, session))
  const print = await outcomePrinter(flags, session)
  const choice = await chooseObjects(args, flags, session)
  await changeEach(choice, print, async (one): Promise<Outcome> => {
    const object = await patchObject(session, one, { patch: value, dryRun: flags.dryRun })
    const hasChanged =
      flags.dryRun !== 'none' || object.metadata.resourceVersion !== one.object.metadata.resourceVersion
    return { object, verb: hasChanged ? 'patched' : 'patched (no change)' }
  })
}

async function patchText({ patch: text, patchFile }: PatchFlags, session: Session): Promise<string> {
  if (text !== undefined && patchFile !== undefined) {
    throw new UsageError('cannot specify --patch and --patch-file together')
  }
  if (patchFile !== undefined) return readSource(patchFile, session)
  if (text === undefined || text === '') throw new UsageError('must specify --patch or --patch-file')
  return text
}

function parsePatch(text: string): object {
  let value: unknown
  try {
    value = parse(text, { logLevel: 'error' })
  } catch (error) {
    throw new UsageError(`unable to parse the patch: ${(error as Error).message.split('\n')[0]}`, { cause: error })
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new UsageError(`unable to parse the patch: it must be an object, such as {"spec":{"replicas":2}}`)
}
