import { Refusal } from '../model/errors.ts'
import type { Store } from '../store/store.ts'

const attemptsMax = 16

/**
 * Runs a read-decide-commit step again while somebody else was faster, each time on the version that won.
 * Throws the CONFLICT of the last attempt.
 */
export async function retryOnConflict<Result>(store: Store, step: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await step()
    } catch (error) {
      // A caller that named a version meant that version: there is nothing to try again.
      const outrun = error instanceof Refusal && error.code === 'CONFLICT' && error.details['stale'] !== true
      if (!outrun || attempt === attemptsMax) throw error
      await store.reached(Number(error.details['resourceVersion'] ?? 0))
    }
  }
}
