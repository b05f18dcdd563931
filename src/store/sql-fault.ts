/** What SQLite said of a fault; the driver's own words name only its sort. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { originalMessage } = (error.cause ?? {}) as { originalMessage?: string }
  return originalMessage ?? error.message
}
