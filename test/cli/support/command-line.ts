import { runCommandLine } from '../../../src/cli/command-line.ts'
import type { Output } from '../../../src/cli/surroundings.ts'

/** What a command did. */
export interface Ran {
  readonly exitCode: number
  readonly output: string
  readonly errors: string
}

export interface RunOptions {
  /** Where the server is. */
  readonly url?: string
  readonly environment?: Readonly<Record<string, string>>
  /** What standard input has. */
  readonly input?: string
  readonly now?: () => number
  /** A terminal of this size, instead of a pipe. */
  readonly terminal?: { readonly width: number; readonly height: number }
}

/** A command that runs. */
export interface Running {
  /** What it has printed up to now. */
  output(): string
  errors(): string
  /** Resolves as soon as this holds of what it has printed. */
  until(holds: (output: string, errors: string) => boolean): Promise<void>
  /** Ctrl-C. */
  interrupt(): void
  readonly ended: Promise<Ran>
}

/** Runs `myriad ARGS` in this process, and resolves when it has ended. */
export function run(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return start(args, options).ended
}

/** Starts `myriad ARGS` in this process. */
export function start(args: readonly string[], options: RunOptions = {}): Running {
  const listeners = new Set<() => void>()
  const wake = (): void => {
    for (const listener of listeners) listener()
  }
  const output = captured(options.terminal, wake)
  const errors = captured(options.terminal, wake)
  let stop = (): void => {}
  const ended = runCommandLine(args, {
    version: 'test',
    surroundings: {
      environment: { ...(options.url === undefined ? {} : { MYRIAD_URL: options.url }), ...options.environment },
      input: lines(options.input ?? ''),
      output,
      errors,
      now: options.now ?? Date.now,
      onInterrupt: (stopIt) => {
        stop = stopIt
        return () => {}
      },
    },
  }).then((exitCode) => ({ exitCode, output: output.text(), errors: errors.text() }))
  return {
    ended,
    output: () => output.text(),
    errors: () => errors.text(),
    interrupt: () => stop(),
    until: (holds) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!holds(output.text(), errors.text())) return
          listeners.delete(look)
          resolve()
        }
        listeners.add(look)
        look()
        ended.then(({ output: all, errors: faults }) => reject(new Error(`it ended: ${all}${faults}`)), reject)
      }),
  }
}

function captured(terminal: RunOptions['terminal'], wake: () => void): Output & { text(): string } {
  let text = ''
  return {
    isTerminal: terminal !== undefined,
    width: terminal?.width ?? 80,
    height: terminal?.height ?? 24,
    onResize: () => () => {},
    write: (more) => {
      text += more
      wake()
    },
    text: () => text,
  }
}

async function* lines(text: string): AsyncGenerator<string> {
  yield text
}
