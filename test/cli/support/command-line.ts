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
}

/** Runs `myriad ARGS` in this process, and resolves when it has ended. */
export async function run(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const output = captured()
  const errors = captured()
  const exitCode = await runCommandLine(args, {
    version: 'test',
    surroundings: {
      environment: { ...(options.url === undefined ? {} : { MYRIAD_URL: options.url }), ...options.environment },
      input: lines(options.input ?? ''),
      output,
      errors,
      now: options.now ?? Date.now,
      onInterrupt: () => () => {},
    },
  })
  return { exitCode, output: output.text(), errors: errors.text() }
}

function captured(): Output & { text(): string } {
  let text = ''
  return {
    isTerminal: false,
    width: 80,
    height: 24,
    onResize: () => () => {},
    write: (more) => {
      text += more
    },
    text: () => text,
  }
}

async function* lines(text: string): AsyncGenerator<string> {
  yield text
}
