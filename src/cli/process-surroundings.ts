import { isatty } from 'node:tty'
import { processEnvironment } from './config.ts'
import type { Output, Surroundings } from './surroundings.ts'

/** The surroundings of this very process. Ctrl-C aborts their signal while somebody listens to it, else ends the process. */
export function processSurroundings(): Surroundings {
  return {
    environment: processEnvironment(),
    input: process.stdin,
    output: outputOf(process.stdout),
    errors: outputOf(process.stderr),
    now: Date.now,
    onInterrupt: (stop) => {
      process.once('SIGINT', stop)
      return () => void process.off('SIGINT', stop)
    },
  }
}

function outputOf(stream: NodeJS.WriteStream & { readonly fd: number }): Output {
  // Whoever reads may have enough, as `head` has: that ends the command, and is no failure.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(0)
  })
  return {
    write: (text) => void stream.write(text),
    isTerminal: isatty(stream.fd),
    get width() {
      return stream.columns ?? 80
    },
    get height() {
      return stream.rows ?? 24
    },
    onResize: (redraw) => {
      stream.on('resize', redraw)
      return () => void stream.off('resize', redraw)
    },
  }
}
