#!/usr/bin/env node
import { hostname } from 'node:os'
import { Command } from 'commander'
import {
  type AgentSettings,
  addAgentOptions,
  addServerOptions,
  dataOption,
  environmentWithoutSettings,
  forgetVariablesThatSayNo,
  noAgentOption,
  type ServerSettings,
  scoringOption,
  tokenOption,
  urlOption,
} from './server/config.ts'
import { addMachineOptions, type MachineSettings } from './server/machine-config.ts'
import { version } from './server/version.ts'
import type { UpSettings } from './up.ts'

const nodeName = hostname().toLowerCase()

const program = new Command('myriad')
  .description('A GraphQL control plane for container clusters.')
  .version(version)
  .showSuggestionAfterError()
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))

addMachineOptions(addAgentOptions(addServerOptions(program.command('up')), nodeName))
  .description('run a control plane with one agent on this machine')
  .addOption(noAgentOption())
  .action(async (settings: UpSettings) => (await import('./up.ts')).up(settings))

addServerOptions(program.command('server'))
  .description('run the API server')
  .action(async (settings: ServerSettings) => (await import('./up.ts')).server(settings))

program
  .command('controller')
  .description('run the controller worker as a process of its own')
  .addOption(dataOption())
  .addOption(scoringOption())
  .action(async (settings: Pick<ServerSettings, 'data' | 'scoring'>) => (await import('./up.ts')).controller(settings))

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

forgetVariablesThatSayNo()
await program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`myriad: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
