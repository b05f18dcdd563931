import { runAgent } from '../../../src/agent/agent.ts'

/** An agent as a process of its own: prints one line of JSON for each thing that it tells, and stops as it is told. */
const [url = '', dataFolder = '', ...words] = process.argv.slice(2)
/** The value of `--NAME=VALUE`. */
const wordOf = (name: string): string | undefined =>
  words.findLast((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3)
const podNetwork = wordOf('pod-network') ?? 'loopback'
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
    machine: { cgroupRoot: wordOf('cgroup-root') ?? process.env.MYRIAD_CGROUP_ROOT },
    podNetwork: podNetwork as 'namespace' | 'loopback',
    log: { info: tell, warn: tell },
  })
  process.once('SIGTERM', () => {
    void agent.close({ keepPods: words.includes('--keep-pods'), gracePeriodSecondsMax: 5 }).then(() => process.exit(0))
  })
  tell('ready')
} catch (error) {
  tell(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
