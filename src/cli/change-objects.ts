import type { RequestOptions } from '../client/index.ts'
import type { Resource } from '../model/resource.ts'
import type { Chosen } from './chosen-objects.ts'
import { type DryRun, dryRunSuffix } from './dry-run.ts'
import { SeveralErrors } from './failure.ts'
import { objectOf } from './objects.ts'
import { readOutputFormat } from './output-format.ts'
import { resourceName } from './resource-name.ts'
import type { Session } from './session.ts'
import { settleEach } from './settle-each.ts'

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

/** Prints what was done. */
export interface OutcomePrinter {
  (outcomes: readonly Outcome[]): void
  /** Whether all that was done makes one text, such as a list in JSON, so that none can be printed before the last. */
  readonly isWhole: boolean
}

/** Makes the printer of outcomes: `pod/web configured`, or the objects as `-o` asks for them. */
export async function outcomePrinter(
  { output, dryRun }: OutcomeFlags,
  session: Pick<Session, 'input' | 'output'>,
): Promise<OutcomePrinter> {
  const format = await readOutputFormat(output, session)
  if (format.kind === 'text') {
    const printObjects = (outcomes: readonly Outcome[]): void => {
      const objects = outcomes.map(({ object }) => object)
      if (objects.length > 0) session.output.write(format.print(objects, { isList: objects.length > 1 }))
    }
    return Object.assign(printObjects, { isWhole: true })
  }
  const suffix = dryRunSuffix(dryRun)
  const printLines = (outcomes: readonly Outcome[]): void => {
    session.output.write(outcomes.map(({ object, verb }) => `${resourceName(object)} ${verb}${suffix}\n`).join(''))
  }
  return Object.assign(printLines, { isWhole: false })
}

/**
 * Does something with each object, whatever becomes of the others, until the server is gone. Prints what was done, in the order
 * of the objects, then throws what could not be done, together with `faults`, which were known before.
 */
export async function changeEach(
  { chosen, faults }: { readonly chosen: readonly Chosen[]; readonly faults: readonly Error[] },
  print: OutcomePrinter,
  change: (one: Chosen) => Promise<Outcome | undefined>,
): Promise<void> {
  const failures = [...faults]
  const outcomes: Outcome[] = []
  for await (const [, settled] of settleEach(chosen, change)) {
    if (settled.status === 'rejected') {
      if (!(settled.reason instanceof Error)) throw settled.reason
      failures.push(settled.reason)
    } else if (settled.value !== undefined) {
      if (print.isWhole) outcomes.push(settled.value)
      else print([settled.value])
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
