/** Waits for a condition of the real world, looking every few milliseconds; fails after ten seconds. */
export async function until(what: string, condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`)
    await new Promise((resolve) => {
      setTimeout(resolve, 5)
    })
  }
}
