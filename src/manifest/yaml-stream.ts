import { Composer, type Document, Lexer, type LineCounter, Parser } from 'yaml'
import { kubernetesTags } from './yaml-scalars.ts'

/** Why a text is not read to its end, and where that was seen. */
export interface Stop {
  readonly offset: number
  readonly message: string
}

/** Words and signs that one document may have: ten times what an object of Kubernetes' largest size usually has. */
const lexemesMax = 500_000

/** Characters that one word may have: more than the largest text that an object can hold. */
const lexemeLengthMax = 2 * 1024 ** 2

/** Levels of nesting that a document may have; no object has a third of it. */
const nestingMax = 100

/** Words and signs between two pauses: a millisecond or two. */
const lexemesPerPause = 2_000

/**
 * The documents of a YAML text, one after the other, so that no more than one of them is held. Yields undefined where a
 * reader who is not alone may let others go first. Returns why the rest was not read, where a document is out of measure.
 */
export function* readDocuments(
  text: string,
  lines: LineCounter,
): Generator<Document.Parsed | undefined, Stop | undefined, void> {
  const parser = new Parser(lines.addNewLine)
  const composer = new Composer({ version: '1.2', uniqueKeys: false, customTags: kubernetesTags, logLevel: 'silent' })
  lines.addNewLine(0)
  let [lexemes, sincePause] = [0, 0]
  let stop: Stop | undefined
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme.length > lexemeLengthMax && !lexeme.startsWith('#')) {
      stop = {
        offset: parser.offset,
        message: `a text of ${lexeme.length} characters, and ${lexemeLengthMax} are the most`,
      }
      break
    }
    for (const token of parser.next(lexeme)) {
      if (token.type === 'document') lexemes = 0
      yield* withoutStacks(() => [...composer.next(token)])
    }
    lexemes += 1
    sincePause += 1
    stop = judge(lexemes, parser)
    if (stop !== undefined) break
    if (sincePause < lexemesPerPause) continue
    sincePause = 0
    yield undefined
  }
  const rest = stop === undefined ? parser.end() : []
  for (const token of rest) yield* withoutStacks(() => [...composer.next(token)])
  // Comments and faults without a document make one, where the text ends.
  yield* composer.end(stop === undefined, text.length)
  return stop
}

function judge(lexemes: number, { offset, stack }: Parser): Stop | undefined {
  // The document itself and the scalar that is being read are on the stack as well.
  if (stack.length > nestingMax + 2) return { offset, message: `nested more than ${nestingMax} levels deep` }
  if (lexemes <= lexemesMax) return undefined
  return { offset, message: `one document has more than ${lexemesMax} words and signs: part it by "---"` }
}

/** A text of faults has one every character, and to note where in our code each was made costs more than all else. */
function withoutStacks<Result>(read: () => Result): Result {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  try {
    return read()
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}
