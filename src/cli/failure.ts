/** A command line that cannot be meant: it ends with exit code 2. The message is one sentence for the user. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** A command that could not do what it was told, for a reason that the user can read: it ends with exit code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}

/** What went wrong with several things at once, each told in a line of its own: exit code 1. */
export class SeveralErrors extends Error {
  override readonly name = 'SeveralErrors'
  readonly errors: readonly Error[]

  constructor(errors: readonly Error[]) {
    super(errors.map(({ message }) => message).join('\n'))
    this.errors = errors
  }
}

/** The user has ended the command, as by Ctrl-C: it ends with exit code 130, and says nothing. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

/** What was waited for has not come in time: exit code 1. */
export class TimedOut extends CommandError {}
