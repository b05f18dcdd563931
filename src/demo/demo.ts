import { mkdtemp, realpath } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Screen, terminalScreen } from './screen.ts'
import { Stage } from './stage.ts'
import { runSteps, spanText } from './step.ts'
import { walkThrough } from './walk-through.ts'

export interface DemoOptions {
  /** Environment of the control plane; that of this process without it. It should hold no settings of another one. */
  readonly environment?: NodeJS.ProcessEnv
}

/** How long what was started gets to end in order after a failure or Ctrl-C. */
const cleanUpMsMax = 9_000
/** npm passes on the Ctrl-C that the terminal has already sent to all: the second within this time is the same one. */
const sameSignalMs = 500

/**
 * Runs a cluster of its own from start to end and shows it. Sets the exit code: 0 when every step was observed, 1 when one
 * was not, 128 and the signal's number when it was interrupted. Whatever it started has ended by then, and its folder is gone.
 */
export async function demo({ environment }: DemoOptions = {}): Promise<void> {
  const screen = terminalScreen(process.stdout)
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'myriad-demo-')))
  const startedAtMs = Date.now()
  const ending = new AbortController()
  const hurry = new AbortController()
  const stopListening = listenForEnd(ending, hurry)
  const onDeath = (sentence: string): void => ending.abort(new Error(sentence))
  const stage = new Stage({ screen, folder, environment, onDeath, startedAtMs })
  screen.line(`A cluster of its own, in ${folder} until the end.\n`)
  try {
    await runSteps(walkThrough(stage), { screen, signal: ending.signal, now: () => performance.now() })
    const time = spanText(Date.now() - startedAtMs)
    screen.line(screen.paint('bold', `All steps were observed in ${time}. Keep a cluster running with: npm start`))
  } catch (error) {
    process.exitCode = tellFailure(screen, ending.signal.reason ?? error, error, stage.lastLogLines)
  } finally {
    await stage.close(AbortSignal.any([hurry.signal, AbortSignal.timeout(cleanUpMsMax)]))
    stopListening()
  }
}

/** The person, or the terminal's end, asks for the end of everything. */
class Interruption extends Error {
  readonly exitCode: number

  constructor(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') {
    super(`it was interrupted by ${signal}`)
    this.exitCode = 128 + constants.signals[signal]
  }
}

/** The first signal asks for an end in order, a later one for an end at once. Returns how to stop listening. */
function listenForEnd(ending: AbortController, hurry: AbortController): () => void {
  let askedAt: number | undefined
  const ask = (signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP'): void => {
    const now = performance.now()
    askedAt ??= now
    ending.abort(new Interruption(signal))
    if (now - askedAt > sameSignalMs) hurry.abort(new Error('asked to end at once'))
  }
  // Nobody reads any more what is told, for example after `| head`.
  const onBrokenOutput = (error: Error): void => ending.abort(error)
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, ask)
  process.stdout.on('error', onBrokenOutput)
  return () => {
    for (const signal of signals) process.off(signal, ask)
  }
}

/** Says what went wrong, with the last lines of the control plane's log. Returns the exit code. */
function tellFailure(screen: Screen, reason: unknown, error: unknown, log: readonly string[]): number {
  if (reason instanceof Interruption) {
    screen.line('Interrupted. Ending what was started ...')
    return reason.exitCode
  }
  screen.line(
    screen.paint('red', `Not every step was observed: ${error instanceof Error ? error.message : String(error)}.`),
  )
  if (log.length > 0) screen.line("\nThe last lines of the control plane's log:")
  for (const line of log) screen.line(`   ${screen.paint('dim', line)}`)
  return 1
}
