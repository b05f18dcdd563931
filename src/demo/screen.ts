import { styleText } from 'node:util'

/** How a piece of text is told from its neighbours. */
export type Style = Parameters<typeof styleText>[0]

/** Where the demonstration is told. */
export interface Screen {
  line(text?: string): void
  /** The text in a style, or as it is where there are no colours. */
  paint(style: Style, text: string): string
}

/** A screen on standard output: in colours on a terminal that has them and where NO_COLOR does not forbid it. */
export function terminalScreen(output: NodeJS.WriteStream): Screen {
  const isColoured = output.isTTY && output.hasColors()
  return {
    line: (text = '') => void output.write(`${text}\n`),
    paint: (style, text) => (isColoured ? styleText(style, text, { validateStream: false }) : text),
  }
}
