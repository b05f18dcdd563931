/** The two outputs of a container, named as the CRI names them. */
export type LogStream = 'stdout' | 'stderr'

/** One line that a container has written. */
export interface LogLine {
  /** RFC 3339. */
  readonly time: string
  readonly stream: LogStream
  /** Whether it goes on in the next line of the same stream, since it is too long to be one. */
  readonly partial: boolean
  readonly text: string
}

/** A moment as the lines of a log have it, in milliseconds since 1970: such texts compare as the moments do. */
export function logTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, -1)}000000Z`
}

/** Lines as they travel from the agent: the CRI's format, `TIME stdout|stderr F|P TEXT`, each with a newline. */
export function parseLogLines(text: string): LogLine[] {
  const lines: LogLine[] = []
  for (let start = 0; start < text.length; ) {
    const end = endOfLine(text, start)
    const afterTime = text.indexOf(' ', start)
    const stream = text.startsWith('stderr', afterTime + 1) ? 'stderr' : 'stdout'
    const tag = afterTime + stream.length + 2
    lines.push({
      time: text.slice(start, afterTime),
      stream,
      partial: text[tag] === 'P',
      text: text.slice(tag + 2, end),
    })
    start = end + 1
  }
  return lines
}

/** The same lines as `kubectl logs` prints them, with their times in front if asked for. */
export function printLogLines(text: string, timestamps: boolean): string {
  const parts: string[] = []
  for (let start = 0; start < text.length; ) {
    const end = endOfLine(text, start)
    const afterTime = text.indexOf(' ', start)
    const tag = text.indexOf(' ', afterTime + 1) + 1
    if (timestamps) parts.push(text.slice(start, afterTime + 1))
    parts.push(text.slice(tag + 2, text[tag] === 'P' ? end : end + 1))
    start = end + 1
  }
  return parts.join('')
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start)
  return end < 0 ? text.length : end
}
