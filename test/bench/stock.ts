import { join } from 'node:path'
import type { BenchSite } from './bench.ts'
import { step } from './progress.ts'
import type { StockJob } from './stock-database.ts'

/** Fills the database of a control plane that has not been started yet: `stock-database.ts` says with what. */
export async function stock({ processes, folder }: BenchSite, size: { nodes: number; pods: number }): Promise<void> {
  step(`filling a database with ${size.nodes} machines and ${size.pods} running pods`)
  const job: StockJob = { file: join(folder, 'myriad.db'), ...size }
  const part = processes.part('stock', new URL('./stock-database.js', import.meta.url), job)
  await part.next()
  await part.stop()
}
