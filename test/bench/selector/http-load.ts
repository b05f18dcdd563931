import { connect } from 'node:net'
import { Histogram } from '../histogram.ts'
import { takeJob, takeOrder, tell } from '../part.ts'

/** One spell of load: equal requests over kept-alive connections, each sent when the one before has been answered. */
export interface LoadJob {
  readonly port: number
  readonly body: string
  readonly connections: number
  readonly seconds: number
}

export interface LoadResult {
  readonly requestsPerSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
}

async function main(): Promise<never> {
  await takeJob<object>()
  for (;;) tell(await load(await takeOrder<LoadJob>()))
}

/** Over sockets, without an HTTP library, so that the load costs less than what it measures. Rejects on any other answer. */
async function load({ port, body, connections, seconds }: LoadJob): Promise<LoadResult> {
  const request = requestBytes(port, body)
  const latencies = new Histogram()
  const begun = performance.now()
  const end = begun + seconds * 1_000
  await Promise.all(Array.from({ length: connections }, () => ask({ port, request, latencies, end })))
  const elapsed = (performance.now() - begun) / 1_000
  return {
    requestsPerSecond: Math.round(latencies.count / elapsed),
    p50Ms: latencies.percentile(0.5),
    p99Ms: latencies.percentile(0.99),
  }
}

interface Asking {
  readonly port: number
  readonly request: Buffer
  readonly latencies: Histogram
  readonly end: number
}

/** One connection until the time is over. All answers must be as long as the first, which the bench has looked at. */
function ask({ port, request, latencies, end }: Asking): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const answer = new AnswerReader()
    let sentAt = 0
    let firstSize: number | undefined
    let over = false
    const send = () => {
      sentAt = performance.now()
      socket.write(request)
    }
    socket.on('connect', send)
    socket.on('error', reject)
    socket.on('close', () => {
      if (!over) reject(new Error('the server closed the connection'))
    })
    socket.on('data', (chunk) => {
      const size = answer.read(chunk)
      if (size === undefined) return
      const now = performance.now()
      latencies.record(now - sentAt)
      firstSize ??= size
      if (size !== firstSize || answer.status !== '200') {
        over = true
        socket.destroy()
        return reject(
          new Error(`an answer with status ${answer.status} and ${size} bytes instead of 200 and ${firstSize}`),
        )
      }
      if (now < end) return send()
      over = true
      socket.destroy()
      resolve()
    })
  })
}

/** Finds the end of an HTTP answer, of which no other follows before the next request. */
class AnswerReader {
  status = ''
  private received = 0
  private headSize = 0
  private total: number | undefined
  private head = ''
  private tail = ''

  /** The size of the body when the answer is whole, else undefined. */
  read(chunk: Buffer): number | undefined {
    this.received += chunk.length
    if (this.headSize === 0) this.readHead(chunk)
    if (this.headSize === 0) return undefined
    if (this.total === undefined) {
      this.tail = (this.tail + chunk.subarray(-lastChunk.length).toString('latin1')).slice(-lastChunk.length)
      if (this.tail !== lastChunk) return undefined
    } else if (this.received < this.total) return undefined
    const size = this.received - this.headSize
    this.received = 0
    this.headSize = 0
    this.head = ''
    this.tail = ''
    return size
  }

  private readHead(chunk: Buffer): void {
    this.head += chunk.toString('latin1')
    const end = this.head.indexOf('\r\n\r\n')
    if (end < 0) return
    this.headSize = end + 4
    const head = this.head.slice(0, end)
    this.status = head.slice(9, 12)
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
    this.total = length === undefined ? undefined : this.headSize + Number(length)
  }
}

/** The last chunk of a chunked body (RFC 9112, section 7.1). */
const lastChunk = '\r\n0\r\n\r\n'

function requestBytes(port: number, body: string): Buffer {
  const head = [
    'POST /graphql HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Content-Type: application/json',
    'Accept: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    '\r\n',
  ]
  return Buffer.from(head.join('\r\n') + body)
}

await main()
