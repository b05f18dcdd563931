import { execFile } from 'node:child_process'
import { accessSync, constants, readFileSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { messageOf } from '../log.ts'
import { runIpBatch } from './ip-batch.ts'
import { bridgePrefix } from './link-names.ts'

const setting = '/proc/sys/net/ipv4/ip_forward'
/** What the alias of a bridge says when forwarding was off before Myriad came. It goes with the bridge when the machine restarts. */
const wasOff = 'ip_forward was 0'

/** Why the machine cannot be let pass packets on; undefined when it can, or does already. */
export function whyNoForwarding(): string | undefined {
  try {
    if (readFileSync(setting, 'utf8').trim() === '0') accessSync(setting, constants.W_OK)
    return undefined
  } catch (error) {
    return `packets cannot be passed on (${messageOf(error)})`
  }
}

/** Lets the machine pass packets on between its networks, and notes on the bridge if it did not before. */
export async function enableForwarding(bridge: string, path: string): Promise<void> {
  if (readFileSync(setting, 'utf8').trim() !== '0') return
  const { byLine, whole } = await runIpBatch([`link set dev ${bridge} alias '${wasOff}'`], { path })
  const fault = whole ?? byLine.get(0)
  if (fault !== undefined) throw new Error(`"${bridge}" cannot be given an alias: ${fault}`)
  writeFileSync(setting, '1')
}

/** Undoes `enableForwarding` before the bridge goes; while another agent has a bridge here, that is left to it. */
export async function restoreForwarding(bridge: string, path: string): Promise<void> {
  const bridges = await listBridges(path)
  if (bridges.find(({ ifname }) => ifname === bridge)?.ifalias !== wasOff) return
  const heir = bridges.find(({ ifname }) => ifname !== bridge && ifname.startsWith(bridgePrefix))
  if (heir === undefined) writeFileSync(setting, '0')
  else await runIpBatch([`link set dev ${heir.ifname} alias '${wasOff}'`], { path })
}

async function listBridges(path: string): Promise<{ readonly ifname: string; readonly ifalias?: string }[]> {
  const env = { PATH: path, LC_ALL: 'C' }
  const { stdout } = await promisify(execFile)('ip', ['-json', 'link', 'show', 'type', 'bridge'], { env })
  return JSON.parse(stdout.trim() || '[]') as { readonly ifname: string; readonly ifalias?: string }[]
}
