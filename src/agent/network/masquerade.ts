import { execFile } from 'node:child_process'
import { type Ipv4Range, rangeText } from '../../model/ipv4.ts'
import { findProgram } from '../find-program.ts'

/** Whose packets go out under the address of the machine. */
export interface MasqueradeOptions {
  readonly bridge: string
  readonly subnet: Ipv4Range
  /** Where programs are looked for. */
  readonly path: string
}

/** A program that changes the rules for packets, and what it is given. */
export interface RuleCommand {
  readonly program: 'iptables' | 'nft'
  readonly args: readonly string[]
  readonly input?: string
}

/** Rules that let pods reach what lies beyond their machine, and get the answers. */
export interface Masquerade {
  /** Adds the rules, in place of what an earlier run has left. Rejects with what the system says. */
  add(): Promise<void>
  /** Removes them; it is no fault when there are none. */
  remove(): Promise<void>
}

/** By iptables where it is there, else by nft; undefined where neither is. */
export function findMasquerade(options: MasqueradeOptions): Masquerade | undefined {
  const program = (['iptables', 'nft'] as const).find((name) => findProgram(name, options.path) !== undefined)
  if (program === undefined) return undefined
  const remove = async (): Promise<void> => {
    // iptables fails on a rule that is not there, which is what is wanted.
    await Promise.allSettled(removeCommands(program, options).map((command) => run(command, options.path)))
  }
  return {
    remove,
    add: async () => {
      await remove()
      for (const command of addCommands(program, options)) await run(command, options.path)
    },
  }
}

/**
 * With iptables the way of the packets is opened as well, in case others, such as Docker, have closed it to all they do
 * not know; a table of nft cannot overrule others.
 */
export function addCommands(program: RuleCommand['program'], options: MasqueradeOptions): RuleCommand[] {
  if (program === 'iptables') return iptablesRules(options, ['-I', '-A'])
  const { bridge, subnet } = options
  const rule = `ip saddr ${rangeText(subnet)} oifname != "${bridge}" masquerade`
  return [
    {
      program,
      args: ['-f', '-'],
      input: `table ip ${bridge} { chain postrouting { type nat hook postrouting priority 100; ${rule}; }; }\n`,
    },
  ]
}

export function removeCommands(program: RuleCommand['program'], options: MasqueradeOptions): RuleCommand[] {
  if (program === 'iptables') return iptablesRules(options, ['-D', '-D'])
  const { bridge } = options
  // Deleting a table that is not there fails; adding one that is there does not.
  return [{ program, args: ['-f', '-'], input: `table ip ${bridge} { }\ndelete table ip ${bridge}\n` }]
}

function iptablesRules({ bridge, subnet }: MasqueradeOptions, [first, last]: readonly [string, string]): RuleCommand[] {
  const rules = [
    [first, 'FORWARD', '-i', bridge, '-j', 'ACCEPT'],
    [first, 'FORWARD', '-o', bridge, '-m', 'conntrack', '--ctstate', 'RELATED,ESTABLISHED', '-j', 'ACCEPT'],
    ['-t', 'nat', last, 'POSTROUTING', '-s', rangeText(subnet), '!', '-o', bridge, '-j', 'MASQUERADE'],
  ]
  return rules.map((rule) => ({ program: 'iptables', args: ['-w', ...rule] }))
}

function run({ program, args, input = '' }: RuleCommand, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, { env: { PATH: path, LC_ALL: 'C' } }, (error, _, stderr) => {
      if (error === null) resolve()
      else reject(new Error(`${program} says: ${stderr.trim().replaceAll(/\s*\n\s*/g, '; ') || error.message}`))
    })
    child.stdin?.on('error', () => child.stdin?.destroy())
    child.stdin?.end(input)
  })
}
