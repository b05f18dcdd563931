import { Interrupted, TimedOut } from './failure.ts'
import type { Surroundings } from './surroundings.ts'

/** How long something may take, and what is said when it takes longer. */
export interface Patience {
  /** Without it, for ever. */
  readonly timeoutMs?: number | undefined
  readonly onTimeout: () => string
}

/**
 * Runs something that ends when its signal aborts. Rejects with an Interrupted after Ctrl-C, with a TimedOut when it has
 * taken too long, else with what it rejects with.
 */
export async function runInterruptibly<Result>(
  { onInterrupt }: Pick<Surroundings, 'onInterrupt'>,
  work: (signal: AbortSignal) => Promise<Result>,
  { timeoutMs, onTimeout }: Patience = { onTimeout: () => '' },
): Promise<Result> {
  const end = new AbortController()
  const stopListening = onInterrupt(() => end.abort(new Interrupted()))
  const timer = timeoutMs === undefined ? undefined : setTimeout(() => end.abort(new TimedOut(onTimeout())), timeoutMs)
  try {
    const result = await work(end.signal)
    end.signal.throwIfAborted()
    return result
  } catch (error) {
    end.signal.throwIfAborted()
    throw error
  } finally {
    clearTimeout(timer)
    stopListening()
  }
}
