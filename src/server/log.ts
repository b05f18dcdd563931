/** Lines for whoever runs the server: time, level, sentence, facts. Secrets are never among the facts. */
export interface Log {
  info(sentence: string, facts?: Readonly<Record<string, unknown>>): void
  warn(sentence: string, facts?: Readonly<Record<string, unknown>>): void
  error(sentence: string, error: unknown): void
  /** The same log, its lines beginning with a name. */
  named(name: string): Log
}

/** A log to standard error. That whoever reads it has gone does not end who writes it. */
export function createLog(name = ''): Log {
  if (!process.stderr.listeners('error').includes(goOnUnheard)) process.stderr.on('error', goOnUnheard)
  const write = (level: string, sentence: string, facts: Readonly<Record<string, unknown>> = {}) => {
    const told = Object.entries(facts).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`)
    process.stderr.write(
      `${new Date().toISOString()} ${level} ${name === '' ? '' : `${name}: `}${sentence}${told.join('')}\n`,
    )
  }
  return {
    info: (sentence, facts) => write('INFO ', sentence, facts),
    warn: (sentence, facts) => write('WARN ', sentence, facts),
    error: (sentence, error) =>
      write('ERROR', `${sentence}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
    named: (inner) => createLog(inner),
  }
}

function goOnUnheard(): void {}
