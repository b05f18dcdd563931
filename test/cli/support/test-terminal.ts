const escapeCharacter = String.fromCodePoint(27)

/** An escape such as `ESC [ 2 J`, or a character. */
const pieces = new RegExp(`(${escapeCharacter}\\[)([?\\d;]*)([A-Za-z])|([^])`, 'g')

/** As much of a terminal as redrawing needs: a screen of lines that scrolls, a cursor, and the escapes that move it. */
export class TestTerminal {
  readonly #width: number
  readonly #height: number
  #screen: string[] = ['']
  #row = 0
  #column = 0
  #wraps = true

  constructor({ width, height }: { readonly width: number; readonly height: number }) {
    this.#width = width
    this.#height = height
  }

  /** What stands on the screen, without the empty lines at its end. */
  lines(): string[] {
    const lines = this.#screen.map((line) => line.trimEnd())
    while (lines.at(-1) === '') lines.pop()
    return lines
  }

  write(text: string): void {
    for (const [, escape, parameter = '', letter = '', character = ''] of text.matchAll(pieces)) {
      if (escape !== undefined) this.#command(letter, parameter)
      else this.#put(character)
    }
  }

  #put(character: string): void {
    if (character === '\r') this.#column = 0
    else if (character === '\n') this.#newLine()
    else {
      if (this.#column === this.#width && this.#wraps) this.#newLine()
      if (this.#column === this.#width) return
      const line = this.#line().padEnd(this.#column)
      this.#screen[this.#row] = line.slice(0, this.#column) + character + line.slice(this.#column + 1)
      this.#column += 1
    }
  }

  #newLine(): void {
    this.#column = 0
    this.#row += 1
    if (this.#row === this.#height) {
      this.#screen.shift()
      this.#row -= 1
    }
    this.#screen[this.#row] ??= ''
  }

  #command(letter: string, parameter: string): void {
    if (letter === 'A') this.#row = Math.max(0, this.#row - Number(parameter || 1))
    else if (letter === 'K') this.#screen[this.#row] = this.#line().slice(0, this.#column)
    else if (letter === 'J' && parameter === '') {
      this.#screen[this.#row] = this.#line().slice(0, this.#column)
      this.#screen.length = this.#row + 1
    } else if (letter === 'J' && parameter === '2') this.#screen = ['']
    else if (letter === 'H') {
      this.#row = 0
      this.#column = 0
    } else if (parameter === '?7') this.#wraps = letter === 'h'
    else if (!['h', 'l', 'm'].includes(letter)) throw new Error(`the escape ${parameter}${letter} is unknown here`)
  }

  #line(): string {
    return this.#screen[this.#row] ?? ''
  }
}
