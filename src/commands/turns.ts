import type { Store } from '../store/store.ts'

/** The last of those who wait for an object, by the object's key. */
type Lines = Map<string, Promise<unknown>>

const linesOf = new WeakMap<Store, Lines>()

/**
 * Runs a read-decide-commit step of one object after those of this process that came before it for the same object, so
 * that writers of one object, however many, take turns instead of outrunning each other. Resolves as the step does.
 */
export function takeTurn<Result>(store: Store, key: string, step: () => Promise<Result>): Promise<Result> {
  let lines = linesOf.get(store)
  if (lines === undefined) linesOf.set(store, (lines = new Map()))
  const before = lines.get(key)
  const own = before === undefined ? step() : before.then(step)
  // Whoever comes next waits for the end of this step, not for its success.
  const ended: Promise<void> = own.then(ignore, ignore).then(() => {
    if (lines.get(key) === ended) lines.delete(key)
  })
  lines.set(key, ended)
  return own
}

function ignore(): void {}
