import type { RequestOptions } from '../client/index.ts'
import type { Resource } from '../model/resource.ts'
import type { Chosen } from './chosen-objects.ts'
import { type DryRun, dryRunSuffix } from './dry-run.ts'
import { SeveralErrors } from './failure.ts'
import { objectOf } from './objects.ts'
import { readOutputFormat } from './output-format.ts'
import { resourceName } from './resource-name.ts'
import type { Session } from './session.ts'

/** What was done with an object: `configured`, `labeled`. */
export interface Outcome {
  readonly object: Resource
  readonly verb: string
}

/** How outcomes are printed. */
export interface OutcomeFlags {
  readonly output?: string | undefined
  readonly dryRun: DryRun
}

/** Makes the printer of outcomes: `pod/web configured`, or the objects as `-o` asks for them. */
export async function outcomePrinter(
  { output, dryRun }: OutcomeFlags,
  session: Pick<Session, 'input' | 'output'>,
): Promise<(outcomes: readonly Outcome[]) => void> {
  const format = await readOutputFormat(output, session)
  return (outcomes) => {
    if (format.kind === 'text') {
      const objects = outcomes.map(({ object }) => object)
      if (objects.length > 0) session.output.write(format.print(objects, { isList: objects.length > 1 }))
      return
    }
    const suffix = dryRunSuffix(dryRun)
    session.output.write(outcomes.map(({ object, verb }) => `${resourceName(object)} ${verb}${suffix}\n`).join(''))
  }
}

/**
 * Does something with one object after the other, whatever becomes of the others. Prints what was done with them, then throws
 * what could not be done, together with `faults`, which were known before.
 */
export async function changeEach(
  { chosen, faults }: { readonly chosen: readonly Chosen[]; readonly faults: readonly Error[] },
  print: (outcomes: readonly Outcome[]) => void,
  change: (one: Chosen) => Promise<Outcome | undefined>,
): Promise<void> {
  const failures = [...faults]
  const outcomes: Outcome[] = []
  for (const one of chosen) {
    try {
      const outcome = await change(one)
      if (outcome !== undefined) outcomes.push(outcome)
    } catch (error) {
      if (!(error instanceof Error)) throw error
      failures.push(error)
    }
  }
  print(outcomes)
  if (failures.length > 0) throw new SeveralErrors(failures)
}

/** Merges a patch into an object on the server, and resolves with it as it is then. */
export async function patchObject(
  { client }: Pick<Session, 'client'>,
  { definition, namespace, name }: Pick<Chosen, 'definition' | 'namespace' | 'name'>,
  { patch, dryRun, ...options }: RequestOptions & { readonly patch: object; readonly dryRun: DryRun },
): Promise<Resource> {
  const place = { kind: definition.kind, namespace, name }
  return objectOf(await client.resources().patch({ ...place, patch, dryRun: dryRun !== 'none', ...options }))
}
