import type { ManifestFile } from './manifest-files.ts'

/** Between the texts of two files. */
const separator = '\n---\n'

/** Files as one text, which the server takes or refuses as a whole. */
export function joinFiles(files: readonly ManifestFile[]): string {
  return files.map(({ text }) => text.replace(/^\uFEFF/, '')).join(separator)
}

/** The file, and the line within it, of a line of the joined text; all lines count from 1. */
export function placeOfLine(
  files: readonly ManifestFile[],
  line: number,
): { readonly file: string; readonly line: number } {
  let first = 1
  for (const [index, { name, text, firstLine = 1 }] of files.entries()) {
    const lines = text.split('\n').length
    if (line < first + lines || index === files.length - 1) return { file: name, line: line - first + firstLine }
    // The separator ends the last line of the text and is one more.
    first += lines + 1
  }
  return { file: 'stdin', line }
}
