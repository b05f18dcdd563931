import { spawn } from 'node:child_process'

/** A step of the set-up that did not succeed; its message is meant for the person who started it. */
export class StepFailure extends Error {}

const outputBytesMax = 256 * 1024
const spinnerIntervalMs = 100
const spinnerFrames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

/**
 * Runs a command quietly, showing its name and the seconds so far. What it printed is shown only when it fails, followed
 * by the advice in a `StepFailure`.
 */
export async function runStep({ name, command, cwd, env = {}, advice }) {
  const startedAt = performance.now()
  const stopProgress = showProgress(name, startedAt)
  const { output, failure } = await capture(command, cwd, env)
  stopProgress()
  const seconds = secondsSince(startedAt)
  if (failure === null) {
    process.stderr.write(`setup: ${name}: done in ${seconds}\n`)
    return
  }
  process.stderr.write(`${output.trimEnd()}\n`)
  throw new StepFailure(`${name}: failed after ${seconds} (${failure}). ${advice}`)
}

/** The end of what a command printed, and why it failed: null when it did not. */
function capture([program, ...args], cwd, env) {
  return new Promise((resolve) => {
    // npm is a script of the shell's on Windows.
    const shell = process.platform === 'win32' && program === 'npm'
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell,
    })
    const stopChild = () => child.kill()
    process.once('exit', stopChild)
    let output = ''
    const keep = (chunk) => {
      output = (output + chunk).slice(-outputBytesMax)
    }
    child.stdout.setEncoding('utf8').on('data', keep)
    child.stderr.setEncoding('utf8').on('data', keep)
    const end = (failure) => {
      process.off('exit', stopChild)
      resolve({ output, failure })
    }
    child.once('error', (error) => end(error.message))
    child.once('close', (code, signal) => end(code === 0 ? null : (signal ?? `exit code ${code}`)))
  })
}

/** A spinner with the seconds so far on a terminal, one plain line elsewhere. Returns how to end it. */
function showProgress(name, startedAt) {
  if (!process.stderr.isTTY) {
    process.stderr.write(`setup: ${name} ...\n`)
    return () => {}
  }
  let frame = 0
  const draw = () => {
    frame = (frame + 1) % spinnerFrames.length
    process.stderr.write(`\r\x1b[K${spinnerFrames[frame]} ${name} ${secondsSince(startedAt)}`)
  }
  draw()
  const timer = setInterval(draw, spinnerIntervalMs)
  return () => {
    clearInterval(timer)
    process.stderr.write('\r\x1b[K')
  }
}

/** Time since a reading of `performance.now()`, as text: `1.2 s`. */
export function secondsSince(startedAt) {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`
}
