import { join } from 'node:path'
import { runAgent } from '../../../src/agent/agent.ts'
import { startServer } from '../../../src/server/server.ts'

/** impatient-part server|agent FOLDER ADDRESS: a server, or an agent of one, that waits only half a second for its peer. */
const [part = '', folder = '', address = ''] = process.argv.slice(2)
const token = '0123456789abcdef'
const port = 4000
const tell = (message: string, facts: object = {}): void => {
  process.stdout.write(`${message} ${JSON.stringify(facts)}\n`)
}

if (part === 'server') {
  await startServer({
    file: join(folder, 'myriad.db'),
    host: address,
    port,
    tokens: { admin: token, agent: `${token}-agent` },
    version: 'test',
    limits: { keepAliveMs: 500 },
    onFault: (error) => tell('fault', { error: String(error) }),
  })
  tell('ready')
} else {
  await runAgent({
    url: `http://${address}:${port}/graphql`,
    token: `${token}-agent`,
    runtime: 'process',
    nodeName: 'box',
    dataFolder: folder,
    keepAliveMs: 500,
    machine: { cgroupRoot: process.env.MYRIAD_CGROUP_ROOT },
    log: { info: tell, warn: tell },
  })
}
