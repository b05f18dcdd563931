/** A command line that cannot be meant: it ends with exit code 2. The message is one sentence for the user. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** A command that could not do what it was told, for a reason that the user can read: it ends with exit code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}
