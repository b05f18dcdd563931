import type { Screen } from './screen.ts'

/** One thing that the demonstration does and must observe. */
export interface Step {
  readonly title: string
  /** How long it may take until all of it has been observed. */
  readonly limitMs: number
  /** Resolves, once all of it has been observed, with a sentence on what that was. Gives up when the signal says so. */
  readonly run: (signal: AbortSignal) => Promise<string>
}

export interface StepOptions {
  readonly screen: Screen
  /** Ends everything early; its reason is an Error. */
  readonly signal: AbortSignal
  /** Milliseconds since any fixed moment. */
  readonly now: () => number
}

/** A step that was not observed; its message is a sentence for the person at the terminal. */
class StepFailure extends Error {
  override readonly name = 'StepFailure'
}

/** Runs the steps in order, each with its number, its title and the time it took. Rejects with a StepFailure at the first that fails. */
export async function runSteps(steps: readonly Step[], { screen, signal, now }: StepOptions): Promise<void> {
  for (const [index, step] of steps.entries()) {
    screen.line(screen.paint('bold', `${index + 1}  ${step.title}`))
    const startedAt = now()
    try {
      const observed = await runWithin(step, signal)
      const time = screen.paint('dim', `(${spanText(now() - startedAt)})`)
      screen.line(`   ${screen.paint('green', '✔')} ${observed} ${time}\n`)
    } catch (error) {
      screen.line(`   ${screen.paint('red', '✘')} not observed (${spanText(now() - startedAt)})\n`)
      throw failureOf(`step ${index + 1} (${step.title})`, error, signal)
    }
  }
}

/** A span of time: `1234` → `1.2 s`, `56.7` → `57 ms`. */
export function spanText(ms: number): string {
  return ms < 999.5 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`
}

/** How long a step that was given up has to say what it was waiting for. */
const lastWordMs = 100

/** The time of a step is over. */
class Overdue extends Error {}

async function runWithin({ limitMs, run }: Step, signal: AbortSignal): Promise<string> {
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(new Overdue(`within ${limitMs / 1000} s`)), limitMs)
  const both = AbortSignal.any([signal, limit.signal])
  try {
    both.throwIfAborted()
    return await Promise.race([run(both), rejectionOf(both)])
  } finally {
    clearTimeout(timer)
  }
}

/** Rejects with the signal's reason, a moment after the step has heard of it. */
function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => setTimeout(reject, lastWordMs, signal.reason), { once: true })
  })
}

function failureOf(step: string, error: unknown, signal: AbortSignal): StepFailure {
  if (signal.aborted) return new StepFailure(`${step} was not observed: ${messageOf(signal.reason)}`, { cause: error })
  const cause = error instanceof Error ? error.cause : undefined
  if (error instanceof Overdue) return new StepFailure(`${step} was not observed ${error.message}`, { cause: error })
  if (cause instanceof Overdue) {
    return new StepFailure(`${step} was not observed ${cause.message}: ${messageOf(error)}`, { cause: error })
  }
  return new StepFailure(`${step} failed: ${messageOf(error)}`, { cause: error })
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
