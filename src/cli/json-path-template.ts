import { CommandError, UsageError } from './failure.ts'
import { type Path, parsePath, valuesAt } from './json-path.ts'
import { sortKeys } from './object-document.ts'

/** A piece of a template. */
type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'range'; readonly path: Path; readonly body: readonly Piece[] }

/** A template of text and of paths in braces, which makes a text of a value. */
export type Template = (value: unknown) => string

export interface TemplateOptions {
  /** Whether a field that is not there makes no text; else it is a fault. */
  readonly allowsMissing?: boolean
}

/**
 * Reads a template such as `{range .items[*]}{.metadata.name}{"\n"}{end}`, as `kubectl get -o jsonpath=` takes it. Throws a
 * UsageError for a template that cannot be read; the template throws a CommandError where an index leads nowhere, or a
 * field that must be there is missing.
 */
export function parseTemplate(text: string, { allowsMissing = true }: TemplateOptions = {}): Template {
  const reader = { words: wordsOf(text), next: 0 }
  const pieces = readPieces(reader, text)
  if (reader.next < reader.words.length) throw invalid(text, 'not in range, nothing to end')
  return (value) => {
    try {
      return render(pieces, value, allowsMissing)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      throw new CommandError(`error executing jsonpath "${text}": ${error.message}`, { cause: error })
    }
  }
}

/** Reads a path that may stand with or without braces and its first dot, as those of `--sort-by` and of custom columns. */
export function parseRelaxedPath(text: string): Path {
  const inner = /^(?:\{([^{}]+)\}|([^{}]+))$/.exec(text.replaceAll(/\[\?\(.*?\)\]/gs, ''))
  if (inner === null) {
    throw new UsageError(
      `unexpected path string "${text}", expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'`,
    )
  }
  return parsePath(text.startsWith('{') ? text.slice(1, -1) : text)
}

/** A value as a template prints it: texts as they are, objects and lists as JSON with sorted keys (Go's `json.Marshal`). */
export function printedValue(value: unknown): string {
  if (typeof value === 'string') return value
  return value === null || value === undefined ? '<no value>' : JSON.stringify(sortKeys(value))
}

interface Word {
  readonly kind: 'text' | 'path' | 'range' | 'end'
  readonly text: string
}

interface Reader {
  readonly words: readonly Word[]
  next: number
}

/** The pieces up to the `end` of a range, or to the end of the template. */
function readPieces(reader: Reader, whole: string): readonly Piece[] {
  const pieces: Piece[] = []
  while (reader.next < reader.words.length) {
    const { kind, text } = reader.words[reader.next] as Word
    if (kind === 'end') return pieces
    reader.next += 1
    if (kind === 'text') pieces.push({ kind, text })
    else if (kind === 'path') pieces.push({ kind, path: parsePath(text) })
    else {
      const body = readPieces(reader, whole)
      if (reader.words[reader.next]?.kind !== 'end') throw invalid(whole, 'unterminated range')
      reader.next += 1
      pieces.push({ kind, path: parsePath(text), body })
    }
  }
  return pieces
}

function wordsOf(text: string): readonly Word[] {
  const words: Word[] = []
  let rest = text
  while (rest !== '') {
    const open = rest.indexOf('{')
    if (open !== 0) words.push({ kind: 'text', text: open < 0 ? rest : rest.slice(0, open) })
    if (open < 0) return words
    const close = closingBrace(rest, open)
    if (close < 0) throw invalid(text, 'unclosed action')
    words.push(...actionWords(rest.slice(open + 1, close).trim(), text))
    rest = rest.slice(close + 1)
  }
  return words
}

/** Where the brace at `open` is closed; quotes are passed over. */
function closingBrace(text: string, open: number): number {
  const inside = /^(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\\.|[^}"'\\])*\}/s.exec(text.slice(open + 1))
  return inside === null ? -1 : open + inside[0].length
}

function actionWords(action: string, whole: string): readonly Word[] {
  if (action === 'end') return [{ kind: 'end', text: '' }]
  const range = /^range\s+(.*)$/s.exec(action)
  if (range !== null) return [{ kind: 'range', text: range[1] ?? '' }]
  const quoted = /^("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')\s*/s.exec(action)
  if (quoted === null) return [{ kind: 'path', text: action }]
  const rest = action.slice(quoted[0].length)
  const word: Word = { kind: 'text', text: unquoted(quoted[1] ?? '', whole) }
  return rest === '' ? [word] : [word, ...actionWords(rest, whole)]
}

/** The text that a quoted one means, with the escapes of JSON. */
function unquoted(quoted: string, whole: string): string {
  const inside = quoted.slice(1, -1)
  const asJson = quoted.startsWith('"') ? inside : inside.replaceAll(/\\'|"/g, (found) => (found === '"' ? '\\"' : "'"))
  try {
    return JSON.parse(`"${asJson.replaceAll('\n', '\\n').replaceAll('\t', '\\t')}"`) as string
  } catch (error) {
    throw new UsageError(`error parsing jsonpath ${whole}: invalid quoted text ${quoted}`, { cause: error })
  }
}

function render(pieces: readonly Piece[], value: unknown, allowsMissing: boolean): string {
  return pieces
    .map((piece) => {
      if (piece.kind === 'text') return piece.text
      const values = valuesAt(piece.path, value, { allowsMissing })
      if (piece.kind === 'path') return values.map(printedValue).join(' ')
      return values.map((element) => render(piece.body, element, allowsMissing)).join('')
    })
    .join('')
}

function invalid(template: string, reason: string): UsageError {
  return new UsageError(`error parsing jsonpath ${template}: ${reason}`)
}
