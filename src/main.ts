#!/usr/bin/env node
import { hostname } from 'node:os'
import type { Command } from 'commander'
import { runCommandLine } from './cli/command-line.ts'
import { processSurroundings } from './cli/process-surroundings.ts'
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
import { version } from './server/version.ts'
import type { UpSettings } from './up.ts'

const nodeName = hostname().toLowerCase()

forgetVariablesThatSayNo()
const exitCode = await runCommandLine(process.argv.slice(2), {
  version,
  surroundings: processSurroundings(),
  extend: addPrograms,
})
// A part that could not start may hold files and sockets still, which would keep the process.
if (exitCode !== 0) process.exit(exitCode)

/** The commands that start a part of the control plane. */
function addPrograms(program: Command): void {
  program.commandsGroup('Control plane:')
  addMachineOptions(addAgentOptions(addServerOptions(program.command('up')), nodeName))
    .description('run a control plane with one agent on this machine')
    .addOption(noAgentOption())
    .action(async (settings: UpSettings) => (await import('./up.ts')).up(settings))

  addServerOptions(program.command('server'))
    .description('run the API server')
    .action(async (settings: ServerSettings) => (await import('./up.ts')).server(settings))

  addControllerOptions(program.command('controller'))
    .description('run the controller worker as a process of its own')
    .action(async (settings: ControllerSettings) => (await import('./up.ts')).controller(settings))

  addMachineOptions(addAgentOptions(program.command('agent'), nodeName))
    .description('run a node agent')
    .addOption(urlOption())
    .addOption(tokenOption())
    .addOption(dataOption())
    .action(async (settings: AgentSettings & MachineSettings) => (await import('./up.ts')).agent(settings))

  program
    .command('demo')
    .description('run a cluster in a temporary folder from start to end and watch it')
    .action(async () => (await import('./demo/demo.ts')).demo({ environment: environmentWithoutSettings() }))
}
