/** Tells on standard error how far a run is: one line that is written over, on a terminal; else one every ten seconds. */
export function tick(sentence: string): void {
  if (process.stderr.isTTY) {
    process.stderr.write(`\r${sentence}\u001b[K`)
    return
  }
  if (performance.now() - lastAt < quietMs) return
  lastAt = performance.now()
  process.stderr.write(`${sentence}\n`)
}

const quietMs = 10_000
let lastAt = 0
