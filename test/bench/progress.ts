/** Milliseconds between two lines of the same work at least. */
const quietMs = 1_000

let lastAt = 0

/** Tells on standard error what the bench is doing; standard output is for its figures. */
export function step(sentence: string): void {
  lastAt = performance.now()
  process.stderr.write(`${clock()} ${sentence}\n`)
}

/** Like `step`, but silent when something was told within the last second: for counts that run. */
export function tick(sentence: string): void {
  if (performance.now() - lastAt >= quietMs) step(sentence)
}

function clock(): string {
  return `[${(performance.now() / 1_000).toFixed(1).padStart(6)} s]`
}
