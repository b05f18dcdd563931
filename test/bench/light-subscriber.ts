import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { FrameReader, frameBytes, opcode } from './websocket-frames.ts'

export interface LightSubscriberOptions {
  readonly port: number
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>>
  /** Told every message of the subscription; `arrivedMs` is the wall clock, the same for all that came in one piece. */
  readonly onMessage: (message: Buffer, arrivedMs: number) => void
  /** Told when the connection ends before `close`. */
  readonly onLost: (why: string) => void
}

/**
 * Subscribes over a WebSocket (graphql-transport-ws) with as little work as possible, so that thousands of subscribers in
 * one process measure the server and not themselves. Resolves when the server has accepted the connection and the
 * subscription has been sent.
 */
export function subscribeLightly(options: LightSubscriberOptions): Promise<{ close(): void }> {
  const { port, query, variables = {}, onLost } = options
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const reader = new FrameReader()
    let closed = false
    const lose = (why: string) => {
      if (closed) return
      closed = true
      socket.destroy()
      reject(new Error(why))
      onLost(why)
    }
    const acknowledged = () => {
      socket.write(text({ id: '1', type: 'subscribe', payload: { query, variables } }))
      socket.on('data', (chunk) => listen(chunk, Date.now()))
      resolve({
        close: () => {
          closed = true
          socket.destroy()
        },
      })
    }
    const listen = (chunk: Buffer, arrivedMs: number) => {
      reader.read(chunk, (code, payload) => {
        if (code === opcode.text && isNext(payload)) options.onMessage(payload, arrivedMs)
        else if (code === opcode.text || code === opcode.close) lose(`the subscription ended: ${payload.toString()}`)
        else if (code === opcode.ping) socket.write(frameBytes(opcode.pong, payload, { masked: true }))
      })
    }
    socket.on('error', (error) => lose(error.message))
    socket.on('close', () => lose('the connection was closed'))
    openProtocol(socket, reader, { acknowledged, lose })
  })
}

/** From the HTTP request to the connection_ack. */
function openProtocol(
  socket: Socket,
  reader: FrameReader,
  { acknowledged, lose }: { acknowledged: () => void; lose: (why: string) => void },
): void {
  socket.write(
    [
      'GET /graphql HTTP/1.1',
      'Host: 127.0.0.1',
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Protocol: graphql-transport-ws',
      '\r\n',
    ].join('\r\n'),
  )
  let answer = Buffer.alloc(0)
  const upgraded = (chunk: Buffer) => {
    answer = Buffer.concat([answer, chunk])
    const end = answer.indexOf('\r\n\r\n')
    if (end < 0) return
    socket.off('data', upgraded)
    if (!answer.toString('latin1').startsWith('HTTP/1.1 101')) return lose(answer.toString('latin1'))
    socket.on('data', greeted)
    socket.write(text({ type: 'connection_init' }))
    if (answer.length > end + 4) greeted(answer.subarray(end + 4))
  }
  const greeted = (chunk: Buffer) => {
    reader.read(chunk, (code, payload) => {
      socket.off('data', greeted)
      if (code === opcode.text && payload.includes('"connection_ack"')) acknowledged()
      else lose(`the server did not accept the connection: ${payload.toString()}`)
    })
  }
  socket.on('data', upgraded)
}

function text(message: object): Buffer {
  return frameBytes(opcode.text, JSON.stringify(message), { masked: true })
}

/** Whether a message carries a result, told from its beginning alone. */
function isNext(message: Buffer): boolean {
  const at = message.indexOf('"type":"next"')
  return at >= 0 && at < 32
}
