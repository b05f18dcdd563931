const header = `# Change the objects below, save, and leave the editor. Lines at the top that begin with # are not part of them.
# Nothing happens when nothing is changed or all is deleted; what the server refuses is told here.
#
`

/** The text that the editor shows: what to do, what was wrong with the text before, and the text. */
export function headed(text: string, fault: string | undefined): string {
  if (fault === undefined) return header + text
  return `${header}${fault
    .split('\n')
    .map((line) => `# ${line}\n`)
    .join('')}#\n${text}`
}

/** At which line of what the editor shows the text begins that is not a comment. */
export function firstLineBelow(fault: string): number {
  return headed('', fault).split('\n').length
}

/** A text without the comments at its top. */
export function withoutHeader(text: string): string {
  const lines = text.split('\n')
  const first = lines.findIndex((line) => !line.startsWith('#'))
  return first < 0 ? '' : lines.slice(first).join('\n')
}

/** Whether there is anything in a text but comments and empty lines. */
export function isUsable(text: string): boolean {
  return text.split('\n').some((line) => line.trim() !== '' && !line.startsWith('#'))
}

/** Whether two texts mean the same to whoever wrote them: space at the ends of lines and of the text means nothing. */
export function isSameText(left: string, right: string): boolean {
  return plain(left) === plain(right)
}

function plain(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim()
}
