import { createHash } from 'node:crypto'
import { createServer, type Socket } from 'node:net'
import { takeJob, takeOrder, tell } from '../part.ts'
import { FrameReader, frameBytes, opcode } from '../websocket-frames.ts'
import { markOf, runOnSchedule } from './schedule.ts'

interface Order {
  readonly subscribers: number
  readonly warmUp: number
  readonly measured: number
  readonly changesPerSecond: number
}

/** A server that knows nothing: it accepts WebSockets and writes the same message to each. What is left are the sockets. */
const { port } = await takeJob<{ readonly port: number }>()
const sockets = new Set<Socket>()
createServer({ noDelay: true }, serve).listen(port, '127.0.0.1', () => tell({ ready: true }))
const { subscribers, warmUp, measured, changesPerSecond } = await takeOrder<Order>()
if (sockets.size !== subscribers) throw new Error(`${sockets.size} subscribers have come instead of ${subscribers}`)
let firstDueMs = 0
let waiting: Buffer[] = []
await runOnSchedule({ changes: warmUp + measured, changesPerSecond }, (index, dueMs) => {
  if (index === warmUp) firstDueMs = dueMs
  // Those that are due together go out together, as they do for a server that is behind.
  if (waiting.push(messageOf(index, dueMs)) === 1) setImmediate(flush)
})
tell({ firstDueMs })

function flush(): void {
  const bytes = Buffer.concat(waiting)
  waiting = []
  for (const socket of sockets) socket.write(bytes)
}

function serve(socket: Socket): void {
  const reader = new FrameReader()
  socket.on('error', () => socket.destroy())
  socket.on('close', () => sockets.delete(socket))
  socket.once('data', (request) => {
    const key = /sec-websocket-key: *(\S+)/i.exec(request.toString('latin1'))?.[1] ?? ''
    // RFC 6455, section 4.2.2.
    const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`,
    )
    socket.on('data', (chunk) =>
      reader.read(chunk, (_, payload) => {
        if (payload.includes('connection_init')) socket.write(frameOf({ type: 'connection_ack' }))
        else sockets.add(socket)
      }),
    )
  })
}

/** A message like the product's. */
function messageOf(index: number, dueMs: number): Buffer {
  const pod = { name: `fanout-${index % 10}`, metadata: { annotations: { mark: markOf(index, dueMs) } } }
  const event = { type: 'MODIFIED', resourceVersion: String(index), at: new Date().toISOString(), pod }
  return frameOf({ id: '1', type: 'next', payload: { data: { podEvents: event } } })
}

function frameOf(message: object): Buffer {
  return frameBytes(opcode.text, JSON.stringify(message), { masked: false })
}
