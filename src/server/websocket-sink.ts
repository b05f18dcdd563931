import type { Duplex } from 'node:stream'
import type { Frame } from '../watch/question.ts'
import type { Sink } from '../watch/sink.ts'

/** Bytes that may wait in a socket before its subscribers are passed over. */
const waitingBytesMax = 1024 ** 2

/**
 * Writes results as `next` messages of the graphql-transport-ws protocol, several in one write. The frames are those of
 * RFC 6455: text, whole, unmasked, as a server sends them. Everything that is the same for all subscribers is made once
 * per result; what is made here is the head with the operation's id.
 */
export class WebSocketSink implements Sink {
  private readonly socket: Duplex
  private readonly head: Buffer

  constructor(socket: Duplex, operationId: string) {
    this.socket = socket
    this.head = Buffer.from(`{"id":${JSON.stringify(operationId)},"type":"next","payload":`)
  }

  get congested(): boolean {
    return this.socket.writableLength > waitingBytesMax
  }

  write(frames: readonly Frame[]): void {
    if (!this.socket.writable) return
    let size = 0
    for (const { bytes } of frames) {
      const length = this.head.length + bytes.length + 1
      size += headerSize(length) + length
    }
    const out = Buffer.allocUnsafe(size)
    let at = 0
    for (const { bytes } of frames) {
      at = writeHeader(out, at, this.head.length + bytes.length + 1)
      this.head.copy(out, at)
      at += this.head.length
      bytes.copy(out, at)
      at += bytes.length
      out[at] = closingBrace
      at += 1
    }
    this.socket.write(out)
  }

  ready(): Promise<void> {
    if (!this.congested || this.socket.destroyed) return Promise.resolve()
    return new Promise((resolve) => {
      const done = () => {
        this.socket.off('drain', done)
        this.socket.off('close', done)
        resolve()
      }
      this.socket.on('drain', done)
      this.socket.on('close', done)
    })
  }
}

const closingBrace = 0x7d
const finalText = 0x81

function headerSize(length: number): number {
  return length < 126 ? 2 : length < 65_536 ? 4 : 10
}

function writeHeader(out: Buffer, at: number, length: number): number {
  out[at] = finalText
  if (length < 126) {
    out[at + 1] = length
    return at + 2
  }
  if (length < 65_536) {
    out[at + 1] = 126
    return out.writeUInt16BE(length, at + 2)
  }
  out[at + 1] = 127
  return out.writeBigUInt64BE(BigInt(length), at + 2)
}
