import { shellWord } from '../../shell-word.ts'

/** How often strays are looked for at the end of a container: what they start meanwhile is theirs, too. */
const roundsMax = 20

/**
 * Lines of sh for a machine without cgroups: they kill what has left the session of its container, as a daemon does, and
 * is known by a variable that nothing else has. Who has changed its environment is not found, nor anything where there is no /proc.
 */
export function killStraysLines(variable: string): string[] {
  const word = shellWord(variable)
  return [
    // grep fails for what ends while it looks, also when it has found something.
    `round=0; while found=$(grep -lszxF -e ${word} /proc/[0-9]*/environ); [ -n "$found" ] && [ $round -lt ${roundsMax} ]; do`,
    'round=$((round + 1)); for file in $found; do pid=${file#/proc/}; kill -s KILL "${pid%/environ}" 2>/dev/null; done',
    'done',
  ]
}
