import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { LogFile } from '../../../../src/agent/runtimes/process/log-file.ts'

/** What a log holds after the chunks have been written to the stream. */
async function logOf(chunks: readonly string[]): Promise<string[]> {
  const path = join(mkdtempSync(join(tmpdir(), 'log-')), '0.log')
  const file = new LogFile(path, () => Date.parse('2026-01-01T10:00:00.123Z'), failed)
  const source = new PassThrough()
  file.follow(source, 'stdout')
  for (const chunk of chunks) source.write(chunk)
  source.end()
  await new Promise((resolve) => {
    source.on('close', resolve)
  })
  await file.close()
  return readFileSync(path, 'utf8').trimEnd().split('\n')
}

function failed(error: Error): never {
  throw error
}

it('writes each line with its time and stream', async () => {
  expect(await logOf(['one\ntwo\n'])).toEqual([
    '2026-01-01T10:00:00.123000000Z stdout F one',
    '2026-01-01T10:00:00.123000000Z stdout F two',
  ])
})

it('puts a line together that comes in pieces, and ends one that is cut off', async () => {
  const lines = await logOf(['on', 'e\nt', 'wo'])
  expect(lines.map((line) => line.split(' ').slice(2).join(' '))).toEqual(['F one', 'F two'])
})

it('cuts a line that is too long into parts', async () => {
  const lines = await logOf([`${'x'.repeat(40_000)}\n`])
  expect(lines.map((line) => [line.split(' ')[2], line.length - 43 + 6 - 3])).toEqual([
    ['P', 16_384],
    ['P', 16_384],
    ['F', 7_232],
  ])
})
