import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { formatError } from '../../schema/error-format.ts'
import { Refusal } from '../model/errors.ts'

/** What an HTTP listener listens on, and whom it hands what comes. */
export interface HttpListenerOptions {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  /** Milliseconds that a client has for its request's headers, and for the whole request. */
  readonly headersTimeoutMs: number
  readonly requestTimeoutMs: number
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  readonly onFault: (error: unknown) => void
}

/** An HTTP server that listens. */
export interface HttpListener {
  readonly port: number
  /** Lets what is being answered end; what has not ended after a second is cut, and `onCut` is told. */
  close(onCut: () => void): Promise<void>
}

const closesMsMax = 1_000

/** Listens for HTTP requests. Throws UNAVAILABLE when the address cannot be listened on. */
export async function openHttpListener(options: HttpListenerOptions): Promise<HttpListener> {
  const { headersTimeoutMs: headersTimeout, requestTimeoutMs: requestTimeout, answer, upgrade, onFault } = options
  const connectionsCheckingInterval = Math.max(10, Math.min(headersTimeout, requestTimeout) / 4)
  const silent = new Set<Socket>()
  const answers = new WeakMap<Duplex, ServerResponse>()
  const http = createServer({ headersTimeout, requestTimeout, connectionsCheckingInterval }, (request, response) => {
    silent.delete(request.socket)
    answers.set(request.socket, response)
    answer(request, response).catch((error: unknown) => {
      onFault(error)
      if (response.headersSent) response.destroy()
      else response.writeHead(500).end()
    })
  })
  http.on('connection', (socket) => {
    silent.add(socket)
    socket.once('close', () => silent.delete(socket))
  })
  http.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const response = answers.get(socket)
    // Amid an answer nothing else can be said.
    if (response?.headersSent === true && !response.writableFinished) socket.destroy()
    else refuseRequest(socket, error)
  })
  http.on('upgrade', (request, socket, head) => {
    silent.delete(request.socket)
    // A peer that resets the connection now would otherwise end the process.
    socket.on('error', () => socket.destroy())
    upgrade(request, socket, head)
  })
  const port = await listen(http, options)
  http.on('error', onFault)
  return {
    port,
    close: (onCut) => {
      // Connections that have asked for nothing yet, as browsers keep them ready, have nothing to wait for.
      for (const socket of silent) socket.destroy()
      return close(http, onCut)
    },
  }
}

/** Answers bytes that make no request, or that do not come to their end, and closes their connection. */
function refuseRequest(socket: Duplex, { code, message: fault }: NodeJS.ErrnoException): void {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const [status, message] = requestFaults[code ?? ''] ?? ['400 Bad Request', `the request is no HTTP: ${fault}`]
  const body = JSON.stringify({ errors: [formatError(new Refusal('INVALID', message))] })
  const head = `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8\r\n`
  socket.end(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`, () => socket.destroy())
}

const requestFaults: Readonly<Record<string, readonly [status: string, message: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'the request did not come to its end in time'],
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'the headers of the request are larger than 16 KiB'],
}

/** Turns down a connection that asked to become something else. */
export function refuseUpgrade(socket: Duplex, status: '403 Forbidden' | '404 Not Found'): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy())
}

function listen(http: HttpServer, { host, port }: HttpListenerOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE'
          ? 'another process listens there: stop it, or choose another port with --port'
          : error.message
      reject(new Refusal('UNAVAILABLE', `cannot listen on ${host}:${port}: ${why}`, { cause: error }))
    }
    http.once('error', fail)
    http.listen(port, host, () => {
      http.off('error', fail)
      resolve((http.address() as AddressInfo).port)
    })
  })
}

async function close(http: HttpServer, onCut: () => void): Promise<void> {
  const closed = new Promise<void>((resolve) => http.close(() => resolve()))
  http.closeIdleConnections()
  // A connection whose last answer ends meanwhile would otherwise wait for another request.
  const sweep = setInterval(() => http.closeIdleConnections(), 20)
  const cut = setTimeout(() => {
    onCut()
    http.closeAllConnections()
  }, closesMsMax)
  await closed
  clearInterval(sweep)
  clearTimeout(cut)
}
