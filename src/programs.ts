import { hostname } from 'node:os'
import type { Command } from 'commander'
import {
  type AgentSettings,
  addAgentOptions,
  addControllerOptions,
  addServerOptions,
  type ControllerSettings,
  dataOption,
  environmentWithoutSettings,
  forgetVariablesThatSayNo,
  noAgentOption,
  type ServerSettings,
  tokenOption,
  urlOption,
} from './server/config.ts'
import { addMachineOptions, type MachineSettings } from './server/machine-config.ts'
import type { UpSettings } from './up.ts'

/** Gives the commands that start a part of the control plane their settings, and what they do. */
export function completePrograms(commands: ReadonlyMap<string, Command>): void {
  const nodeName = hostname().toLowerCase()
  forgetVariablesThatSayNo()
  for (const [name, command] of commands) programs[name]?.(command, nodeName)
}

const programs: Readonly<Record<string, (command: Command, nodeName: string) => void>> = {
  up: (command, nodeName) => {
    addMachineOptions(addAgentOptions(addServerOptions(command), nodeName))
      .addOption(noAgentOption())
      .action(async (settings: UpSettings) => (await import('./up.ts')).up(settings))
  },
  server: (command) => {
    addServerOptions(command).action(async (settings: ServerSettings) => (await import('./up.ts')).server(settings))
  },
  controller: (command) => {
    addControllerOptions(command).action(async (settings: ControllerSettings) =>
      (await import('./up.ts')).controller(settings),
    )
  },
  agent: (command, nodeName) => {
    addMachineOptions(addAgentOptions(command, nodeName))
      .addOption(urlOption())
      .addOption(tokenOption())
      .addOption(dataOption())
      .action(async (settings: AgentSettings & MachineSettings) => (await import('./up.ts')).agent(settings))
  },
  demo: (command) => {
    command.action(async () => (await import('./demo/demo.ts')).demo({ environment: environmentWithoutSettings() }))
  },
}
