import { runAgent } from '../../../src/agent/agent.ts'

/** An agent as a process of its own: prints one line of JSON for each thing that it tells, and stops as it is told. */
const [url = '', dataFolder = '', keepPods = ''] = process.argv.slice(2)
/** `--cgroup-root=PATH`: where its cgroups are made. */
const cgroupRoot = process.argv.find((word) => word.startsWith('--cgroup-root='))?.slice('--cgroup-root='.length)
const tell = (message: string, fields: object = {}): void => {
  process.stdout.write(`${JSON.stringify({ message, ...fields })}\n`)
}

try {
  const agent = await runAgent({
    url,
    token: 'token',
    runtime: 'process',
    nodeName: 'box',
    dataFolder,
    machine: { cgroupRoot },
    log: { info: tell, warn: tell },
  })
  process.once('SIGTERM', () => {
    void agent.close({ keepPods: keepPods === 'keep-pods', gracePeriodSecondsMax: 5 }).then(() => process.exit(0))
  })
  tell('ready')
} catch (error) {
  tell(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
