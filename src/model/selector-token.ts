/** One word of a selector's text. `position` counts characters from 1; the end of the text is a word too. */
export interface Token {
  readonly kind: 'identifier' | 'symbol' | 'end'
  readonly text: string
  readonly position: number
}

/**
 * The words of a selector's text: the symbols `= == != ! ( ) , > <`, and identifiers, which are whatever stands between
 * symbols and white space (apimachinery `labels.Lexer`). Always ends with the end. `in` and `notin` are identifiers here.
 */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  for (const match of text.matchAll(words)) {
    const [word] = match
    const kind = symbols.has(word) ? 'symbol' : 'identifier'
    tokens.push({ kind, text: word, position: match.index + 1 })
  }
  tokens.push({ kind: 'end', text: '', position: text.length + 1 })
  return tokens
}

const words = /==|!=|[=!(),><]|[^=!(),><\u0020\t\r\n]+/g
const symbols = new Set(['==', '!=', '=', '!', '(', ')', ',', '>', '<'])
