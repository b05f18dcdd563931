import type { Command } from 'commander'
import { number, setting, wholeNumber } from './setting.ts'

/** Settings by which machines are judged and pods given up, as flags and environment variables give them; names are Kubernetes'. */
export interface NodeSettings {
  readonly nodeMonitorPeriodSeconds: number
  /** When absent, what each machine's lease says. */
  readonly nodeMonitorGracePeriodSeconds?: number
  readonly nodeStartupGracePeriodSeconds: number
  readonly nodeEvictionRate: number
  readonly secondaryNodeEvictionRate: number
  readonly unhealthyZoneThreshold: number
  readonly largeClusterSizeThreshold: number
  readonly defaultNotReadyTolerationSeconds: number
  readonly defaultUnreachableTolerationSeconds: number
}

/** Adds these settings to a command that runs the controllers. */
export function addNodeSettings(command: Command): Command {
  return command
    .addOption(
      setting('--node-monitor-period-seconds <n>', 'how often the leases of machines are looked at')
        .default(5)
        .argParser(number(0.1, 3_600)),
    )
    .addOption(
      setting(
        '--node-monitor-grace-period-seconds <n>',
        'silence after which a machine is Unknown; default: as its lease says, 40',
      ).argParser(number(0.1)),
    )
    .addOption(
      setting('--node-startup-grace-period-seconds <n>', 'the same for a machine that never told its status')
        .default(60)
        .argParser(number(0.1)),
    )
    .addOption(
      setting('--node-eviction-rate <n>', 'machines a second that a zone gives up').default(0.1).argParser(number(0)),
    )
    .addOption(
      setting('--secondary-node-eviction-rate <n>', 'the same for a large zone that is disrupted')
        .default(0.01)
        .argParser(number(0)),
    )
    .addOption(
      setting('--unhealthy-zone-threshold <n>', 'share of machines not ready from which on a zone is disrupted')
        .default(0.55)
        .argParser(number(0, 1)),
    )
    .addOption(
      setting('--large-cluster-size-threshold <n>', 'machines up to which a disrupted zone gives up none')
        .default(50)
        .argParser(wholeNumber(0)),
    )
    .addOption(
      setting('--default-not-ready-toleration-seconds <n>', 'how long pods stay on a machine that is not ready')
        .default(300)
        .argParser(wholeNumber(0)),
    )
    .addOption(
      setting('--default-unreachable-toleration-seconds <n>', 'how long pods stay on a machine that is unreachable')
        .default(300)
        .argParser(wholeNumber(0)),
    )
}

/** The same settings in the terms of the controllers and of admission. */
export function nodeOptionsOf(settings: NodeSettings) {
  const { nodeMonitorGracePeriodSeconds: grace } = settings
  return {
    nodes: {
      nodeMonitorPeriodMs: settings.nodeMonitorPeriodSeconds * 1_000,
      ...(grace === undefined ? {} : { nodeMonitorGraceMs: grace * 1_000 }),
      nodeStartupGraceMs: settings.nodeStartupGracePeriodSeconds * 1_000,
      nodeEvictionRate: settings.nodeEvictionRate,
      secondaryNodeEvictionRate: settings.secondaryNodeEvictionRate,
      unhealthyZoneThreshold: settings.unhealthyZoneThreshold,
      largeClusterSizeThreshold: settings.largeClusterSizeThreshold,
    },
    tolerationSeconds: {
      notReady: settings.defaultNotReadyTolerationSeconds,
      unreachable: settings.defaultUnreachableTolerationSeconds,
    },
  }
}
