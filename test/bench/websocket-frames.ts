/** Opcodes of RFC 6455, section 5.2. */
export const opcode = { text: 1, close: 8, ping: 9, pong: 10 } as const

/** Cuts a stream of bytes into WebSocket frames (RFC 6455). Payloads of a client have its mask taken off. */
export class FrameReader {
  private rest: Buffer | undefined

  /** Gives every frame that is whole with this chunk. A payload is only good until `take` returns. */
  read(chunk: Buffer, take: (code: number, payload: Buffer) => void): void {
    const bytes = this.rest === undefined ? chunk : Buffer.concat([this.rest, chunk])
    let at = 0
    for (;;) {
      const frame = frameAt(bytes, at)
      if (frame === undefined) break
      at = frame.end
      take((bytes[frame.begin] ?? 0) & 0x0f, frame.payload)
    }
    this.rest = at === bytes.length ? undefined : bytes.subarray(at)
  }
}

function frameAt(bytes: Buffer, begin: number): { begin: number; end: number; payload: Buffer } | undefined {
  if (bytes.length < begin + 2) return undefined
  const second = bytes[begin + 1] ?? 0
  const short = second & 0x7f
  const lengthSize = short < 126 ? 0 : short === 126 ? 2 : 8
  const maskAt = begin + 2 + lengthSize
  const payloadAt = maskAt + ((second & 0x80) === 0 ? 0 : 4)
  if (bytes.length < payloadAt) return undefined
  const length =
    lengthSize === 0
      ? short
      : lengthSize === 2
        ? bytes.readUInt16BE(begin + 2)
        : Number(bytes.readBigUInt64BE(begin + 2))
  const end = payloadAt + length
  if (bytes.length < end) return undefined
  const payload = bytes.subarray(payloadAt, end)
  for (let index = 0; payloadAt > maskAt && index < length; index++) {
    payload[index] = (payload[index] ?? 0) ^ (bytes[maskAt + (index & 3)] ?? 0)
  }
  return { begin, end, payload }
}

/** A whole frame. A client's is masked, as it must be, with the mask of zeros, which changes nothing. */
export function frameBytes(code: number, payload: string | Buffer, { masked }: { readonly masked: boolean }): Buffer {
  const body = Buffer.from(payload)
  const lengthSize = body.length < 126 ? 0 : body.length < 65_536 ? 2 : 8
  const head = Buffer.alloc(2 + lengthSize + (masked ? 4 : 0))
  head[0] = 0x80 | code
  head[1] = (masked ? 0x80 : 0) | (lengthSize === 0 ? body.length : lengthSize === 2 ? 126 : 127)
  if (lengthSize === 2) head.writeUInt16BE(body.length, 2)
  if (lengthSize === 8) head.writeBigUInt64BE(BigInt(body.length), 2)
  return Buffer.concat([head, body])
}
