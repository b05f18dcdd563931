import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { openCgroups } from '../../src/agent/agent-cgroups.ts'
import { systemClock, Timers } from '../../src/agent/timers.ts'

const patienceMs = 15_000
const timers = new Timers(systemClock, (error) => {
  throw error
})

/** Removes the cgroups of agents on a data folder that were killed, as the next agents would; `root`: as the agents had it. */
export async function removeAgentGroups(dataFolder: string, root?: string): Promise<void> {
  const nodes = join(dataFolder, 'nodes')
  for (const nodeName of existsSync(nodes) ? readdirSync(nodes) : []) {
    const cgroups = openCgroups({ nodeName, folder: join(nodes, nodeName), root, timers })
    cgroups.removeOthers([])
    await cgroups.close(patienceMs)
  }
}
