import { setTimeout as delay } from 'node:timers/promises'

/**
 * Starts changes at their due times, whether or not those before are done: a server that falls behind meets the same
 * stream. `change` gets its index and the wall-clock millisecond at which it was due. Rejects when one of them does.
 */
export async function runOnSchedule(
  { changes, changesPerSecond }: { readonly changes: number; readonly changesPerSecond: number },
  change: (index: number, dueMs: number) => Promise<void> | void,
): Promise<void> {
  const begun = Date.now()
  const underWay: Promise<void>[] = []
  const failures: unknown[] = []
  for (let index = 0; index < changes; ) {
    const dueMs = begun + (index * 1_000) / changesPerSecond
    const waitMs = dueMs - Date.now()
    if (waitMs > 0) await delay(waitMs)
    else underWay.push(Promise.resolve(change(index++, dueMs)).catch((error: unknown) => void failures.push(error)))
    if (failures.length > 0) break
  }
  await Promise.all(underWay)
  if (failures.length > 0) throw failures[0]
}

/** What a change carries so that whoever receives it knows which it is and when it was due. */
export function markOf(index: number, dueMs: number): string {
  return `mark:${index}:${dueMs}:`
}

const beginning = Buffer.from('mark:')

/** The mark in a message, or undefined where there is none. */
export function readMark(message: Buffer): { index: number; dueMs: number } | undefined {
  const at = message.indexOf(beginning)
  if (at < 0) return undefined
  const [, index, dueMs] = message.toString('latin1', at, at + 64).split(':')
  return { index: Number(index), dueMs: Number(dueMs) }
}
