import type { Command } from 'commander'
import { editDistance, suggestName } from '../model/names.ts'

/** Commands of kubectl that are not here: https://kubernetes.io/docs/reference/kubectl/generated */
const missing: ReadonlySet<string> = new Set(
  'attach auth autoscale certificate cp debug diff drain exec expose kustomize options plugin port-forward proxy rollout set taint top'.split(
    ' ',
  ),
)

/** Makes a command, and those in it, refuse words that name no command in them. */
export function refuseUnknownCommands(command: Command): void {
  if (command.commands.length === 0) return
  command.on('command:*', ([word = '']: readonly string[]) => {
    command.error(unknownCommandText(word, command), { code: 'commander.unknownCommand' })
  })
  for (const inner of command.commands) refuseUnknownCommands(inner)
}

function unknownCommandText(word: string, command: Command): string {
  const text = `error: unknown command '${word}'`
  // To one who knows what is meant, another command that is spelled nearly so is nonsense.
  if (command.parent === null && missing.has(word)) return `${text}: myriad has no such command of kubectl's`
  const visible = command.createHelp().visibleCommands(command)
  const names = visible.flatMap((inner) => [inner.name(), ...inner.aliases()])
  const near = suggestName(
    word,
    names.filter((name) => isNear(word, name)),
  )
  return near === undefined ? text : `${text}\n(Did you mean ${near}?)`
}

/** Commands are short: of most words, some have half of their letters. */
function isNear(word: string, name: string): boolean {
  return editDistance(word, name) * 3 <= Math.max(word.length, name.length)
}
