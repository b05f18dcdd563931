import { expect, it } from 'vitest'
import { runSteps, type Step, spanText } from '../../src/demo/step.ts'

function stage(signal = new AbortController().signal) {
  const lines: string[] = []
  const screen = { line: (text = '') => void lines.push(text), paint: (_: unknown, text: string) => text }
  return { lines, options: { screen, signal, now: () => 0 } }
}

const easy: Step = { title: 'Begin', limitMs: 1_000, run: () => Promise.resolve('it has begun') }

it('tells each step with its number, what was observed and the time it took', async () => {
  const { lines, options } = stage()
  await runSteps([easy, { ...easy, title: 'Go on' }], options)
  expect(lines).toEqual(['1  Begin', '   ✔ it has begun (0 ms)\n', '2  Go on', '   ✔ it has begun (0 ms)\n'])
})

it('a step that listens to its limit says what it was waiting for', async () => {
  const { lines, options } = stage()
  const run = (signal: AbortSignal) =>
    new Promise<string>((_, reject) => {
      const cause = () => signal.reason as Error
      signal.addEventListener('abort', () => reject(new Error('it was waiting until pigs fly', { cause: cause() })))
    })
  await expect(runSteps([easy, { title: 'Wait', limitMs: 10, run }], options)).rejects.toThrow(
    'step 2 (Wait) was not observed within 0.01 s: it was waiting until pigs fly',
  )
  expect(lines.at(-1)).toContain('✘')
})

it('a step that does not listen is given up as well', async () => {
  const run = () => new Promise<string>(() => {})
  await expect(runSteps([{ title: 'Hang', limitMs: 10, run }], stage().options)).rejects.toThrow(
    'step 1 (Hang) was not observed within 0.01 s',
  )
})

it('nothing is begun after the end was asked for', async () => {
  const ended = AbortSignal.abort(new Error('the control plane ended by itself with exit code 1'))
  await expect(runSteps([easy], stage(ended).options)).rejects.toThrow(
    'step 1 (Begin) was not observed: the control plane ended by itself with exit code 1',
  )
})

it('a step that fails by itself is told with its own words', async () => {
  const run = () => Promise.reject(new Error('nobody is at home'))
  await expect(runSteps([{ title: 'Knock', limitMs: 1_000, run }], stage().options)).rejects.toThrow(
    'step 1 (Knock) failed: nobody is at home',
  )
})

it.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [999.6, '1.0 s'],
  [12_345, '12.3 s'],
])('%d ms are told as %s', (ms, text) => {
  expect(spanText(ms)).toBe(text)
})
