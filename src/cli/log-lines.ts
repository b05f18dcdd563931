import type { Client } from '../client/index.ts'

/** One line that a container has written; a `partial` one goes on in the next. */
export interface LogLine {
  /** RFC 3339; such texts compare as the moments do. */
  readonly time: string
  readonly text: string
  readonly partial: boolean
}

/** Some lines of one run of a container. */
export interface LogBatch {
  readonly restartCount: number
  readonly lines: readonly LogLine[]
}

/** What is read of a log. */
export interface LogRequest {
  readonly namespace: string
  readonly name: string
  readonly container: string
  readonly follow: boolean
  readonly previous?: boolean
  readonly tailLines?: number | undefined
  readonly sinceTime?: string | undefined
}

/** The batches of one run of a container. Throws UNAVAILABLE when the connection is lost. */
export async function* readLog(client: Client, request: LogRequest, signal: AbortSignal): AsyncGenerator<LogBatch> {
  const variables = { ...request }
  for await (const { podLogs } of client.subscribe<{ podLogs: LogBatch }>(logDocument, variables, { signal })) {
    yield podLogs
  }
}

const logDocument = `subscription Logs($namespace: String, $name: String!, $container: String, $follow: Boolean,
    $previous: Boolean, $tailLines: Int, $sinceTime: DateTime) {
  podLogs(namespace: $namespace, name: $name, container: $container, follow: $follow, previous: $previous,
    tailLines: $tailLines, sinceTime: $sinceTime) { restartCount lines { time text partial } }
}`
