import { type Command, InvalidArgumentError } from 'commander'
import { evictionSignals, parseEvictionThresholds } from '../model/eviction-threshold.ts'
import { parseQuantity } from '../model/quantity.ts'
import type { Taint } from '../model/taint.ts'
import { setting, wholeNumber } from './config.ts'

/** Settings of the machine of a node agent, as they were written: lists have commas between their entries. */
export interface MachineSettings {
  readonly systemReserved: string
  readonly evictionHard: string
  readonly maxPods: number
  readonly podMaxPids?: number
  readonly nodeLabels: string
  readonly registerWithTaints: string
  readonly cgroupRoot?: string
}

const reservable = ['cpu', 'memory', 'ephemeral-storage'] as const
const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

/** Adds the settings of a machine to a command; they are named as the kubelet's. */
export function addMachineOptions(command: Command): Command {
  return command
    .addOption(
      setting('--system-reserved <list>', 'what is kept from pods')
        .default('cpu=100m,memory=200Mi,ephemeral-storage=1Gi')
        .argParser(checked(parseReserved)),
    )
    .addOption(
      setting('--eviction-hard <list>', 'how little may be left before the node is under pressure')
        .default('memory.available<100Mi,nodefs.available<10%,nodefs.inodesFree<5%,pid.available<5%')
        .argParser(checked(parseThresholds)),
    )
    .addOption(setting('--max-pods <n>', 'pods that the node takes').default(110).argParser(wholeNumber(0)))
    .addOption(
      setting('--pod-max-pids <n>', 'processes that a pod may have, where cgroups can hold it to that').argParser(
        wholeNumber(1),
      ),
    )
    .addOption(
      setting('--node-labels <list>', 'labels of the node, such as disk=ssd,zone=a')
        .default('')
        .argParser(checked(parseLabels)),
    )
    .addOption(
      setting('--register-with-taints <list>', 'taints of a new node, such as gpu=yes:NoSchedule')
        .default('')
        .argParser(checked(parseTaints)),
    )
    .addOption(setting('--cgroup-root <path>', 'group below which the groups of pods are made; default: found out'))
}

/** The same settings as arguments of another command. */
export function machineArguments(settings: MachineSettings): string[] {
  const { podMaxPids, cgroupRoot } = settings
  return [
    '--system-reserved',
    settings.systemReserved,
    '--eviction-hard',
    settings.evictionHard,
    '--max-pods',
    String(settings.maxPods),
    '--node-labels',
    settings.nodeLabels,
    '--register-with-taints',
    settings.registerWithTaints,
    ...(podMaxPids === undefined ? [] : ['--pod-max-pids', String(podMaxPids)]),
    ...(cgroupRoot === undefined ? [] : ['--cgroup-root', cgroupRoot]),
  ]
}

/** What the settings mean. */
export function machineOf(settings: MachineSettings) {
  const { maxPods, podMaxPids, cgroupRoot } = settings
  return {
    podsMax: maxPods,
    podProcessesMax: podMaxPids,
    cgroupRoot,
    reserved: parseReserved(settings.systemReserved),
    thresholds: parseThresholds(settings.evictionHard),
    labels: parseLabels(settings.nodeLabels),
    taints: parseTaints(settings.registerWithTaints),
  }
}

function parseReserved(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    entriesOf(text).map((entry) => {
      const [name = '', amount = ''] = entry.split('=')
      const isKnown = reservable.some((one) => one === name)
      if (!isKnown) throw new InvalidArgumentError(`"${name}" is not one of ${reservable.join(', ')}.`)
      const quantity = parseQuantity(amount)
      if (quantity === null || quantity.nano < 0n) throw new InvalidArgumentError(`"${amount}" is not an amount.`)
      return [name, amount]
    }),
  )
}

function parseThresholds(text: string) {
  const thresholds = parseEvictionThresholds(text)
  if (thresholds !== null) return thresholds
  throw new InvalidArgumentError(
    `It must be a list such as memory.available<100Mi,nodefs.available<10%, of ${evictionSignals.join(', ')}.`,
  )
}

function parseLabels(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    entriesOf(text).map((entry) => {
      const [, key, value = ''] = /^([^=]+)=([^=]*)$/.exec(entry) ?? []
      if (key === undefined) throw new InvalidArgumentError(`"${entry}" is not of the form key=value.`)
      return [key, value]
    }),
  )
}

function parseTaints(text: string): readonly Taint[] {
  return entriesOf(text).map((entry) => {
    const [, key, value, effect = ''] = /^([^=:]+)(?:=([^=:]*))?:(\w+)$/.exec(entry) ?? []
    if (key === undefined || !effects.includes(effect)) {
      throw new InvalidArgumentError(
        `"${entry}" is not of the form key=value:effect, effect one of ${effects.join(', ')}.`,
      )
    }
    return value === undefined ? { key, effect } : { key, value, effect }
  })
}

function entriesOf(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}

/** A parser that keeps the text when it can be understood. */
function checked(parse: (text: string) => unknown) {
  return (text: string): string => {
    parse(text)
    return text
  }
}
