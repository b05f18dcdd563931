#!/usr/bin/env node
import type { Command } from 'commander'
import { runCommandLine } from './cli/command-line.ts'
import { processSurroundings } from './cli/process-surroundings.ts'
import { version } from './server/version.ts'

/** The commands that start a part of the control plane. Their settings are loaded only when one of them is meant. */
const programs = {
  up: 'run a control plane with one agent on this machine',
  server: 'run the API server',
  controller: 'run the controller worker as a process of its own',
  agent: 'run a node agent',
  demo: 'run a cluster in a temporary folder from start to end and watch it',
}

const args = process.argv.slice(2)
// `myriad up`, and `myriad help up`.
const [meant = ''] = args[0] === 'help' ? args.slice(1) : args
const isProgramMeant = Object.hasOwn(programs, meant)
const complete = isProgramMeant ? (await import('./programs.ts')).completePrograms : () => {}
const exitCode = await runCommandLine(args, { version, surroundings: processSurroundings(), extend: addPrograms })
// What a command has printed is out before it ends; idle connections would keep it for a while. A part that could not start
// may hold files and sockets still, while one that has started goes on.
if (!isProgramMeant) process.stdout.write('', () => process.exit(exitCode))
else if (exitCode !== 0) process.exit(exitCode)

function addPrograms(line: Command): void {
  line.commandsGroup('Control plane:')
  const commands = Object.entries(programs).map(
    ([name, description]) => [name, line.command(name).description(description)] as const,
  )
  complete(new Map(commands))
}
