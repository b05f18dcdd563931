import type { Processes } from './processes.ts'
import type { Report } from './report.ts'

/** How large a run is, as the command line says it; what it leaves out is the size that the bench's bar is set for. */
export interface BenchOptions {
  readonly nodes?: number
  readonly pods?: number
  readonly subscribers?: number
}

/** Where a run takes place. */
export interface BenchSite {
  readonly processes: Processes
  /** A folder that is removed afterwards. */
  readonly folder: string
}

/** One benchmark. It throws when it could not be carried out. */
export type Bench = (options: BenchOptions, site: BenchSite) => Promise<Report>
