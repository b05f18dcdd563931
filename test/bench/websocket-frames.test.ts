import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FrameReader, frameBytes, opcode } from './websocket-frames.ts'

describe('frames', () => {
  it('come out as they went in, however the stream is cut', () => {
    const payloads = fc.array(fc.string({ maxLength: 200 }), { maxLength: 8 })
    fc.assert(
      fc.property(payloads, fc.boolean(), fc.integer({ min: 1, max: 50 }), (texts, masked, chunkSize) => {
        const stream = Buffer.concat(texts.map((text) => frameBytes(opcode.text, text, { masked })))
        expect(readAll(stream, chunkSize)).toEqual(texts)
      }),
    )
  })

  it.each([0, 125, 126, 65_535, 65_536])('of %i bytes come out whole', (size) => {
    const text = 'x'.repeat(size)
    expect(readAll(frameBytes(opcode.text, text, { masked: false }), 10_000)).toEqual([text])
  })

  it('have the mask of a client taken off', () => {
    const bytes = frameBytes(opcode.text, '\u0001\u0002', { masked: true })
    bytes.set([1, 2, 3, 4], 2)
    expect(readAll(bytes, bytes.length)).toEqual(['\u0000\u0000'])
  })
})

function readAll(stream: Buffer, chunkSize: number): string[] {
  const reader = new FrameReader()
  const texts: string[] = []
  for (let at = 0; at < stream.length; at += chunkSize) {
    reader.read(Buffer.from(stream.subarray(at, at + chunkSize)), (code, payload) => {
      expect(code).toBe(opcode.text)
      texts.push(payload.toString())
    })
  }
  return texts
}
