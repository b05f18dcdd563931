/** A place to write text to: standard output or standard error. */
export interface Output {
  write(text: string): void
  /** Whether a person looks at it, so that colours and redrawing make sense. */
  readonly isTerminal: boolean
  /** Width of the terminal in characters; 80 where nobody knows. */
  readonly width: number
  /** Height of the terminal in lines; 24 where nobody knows. */
  readonly height: number
  /** Calls `redraw` when the size has changed, until the function that comes back is called. */
  readonly onResize: (redraw: () => void) => () => void
}

/** All that the command line touches beside the server, so that tests can run it in their own process. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Where `-` reads from. */
  readonly input: AsyncIterable<Buffer | string>
  readonly output: Output
  readonly errors: Output
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Calls `stop` when the user wants the command to end (Ctrl-C), until the function that comes back is called. */
  readonly onInterrupt: (stop: () => void) => () => void
}
