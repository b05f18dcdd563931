/** Runs as a user without rights over files: root may write what is read-only. The modules must be loaded before. */
export async function asOrdinaryUser<Result>(run: () => Promise<Result>): Promise<Result> {
  const { seteuid, geteuid } = process
  if (seteuid === undefined || geteuid?.() !== 0) return run()
  seteuid(nobody)
  try {
    return await run()
  } finally {
    seteuid(0)
  }
}

const nobody = 65_534
