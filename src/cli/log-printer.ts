import { createColors } from 'picocolors'
import type { LogLine } from './log-lines.ts'
import type { LogSource } from './log-sources.ts'
import { hasColours } from './paint.ts'
import type { Session } from './session.ts'

/** How lines are printed. */
export interface LogStyle {
  /** Bytes of each log, after which it is cut off. */
  readonly limitBytes?: number | undefined
  readonly prefix?: boolean | undefined
  readonly timestamps?: boolean | undefined
}

/** Prints the lines of logs, whole ones only, so that logs which are followed together do not run into each other. */
export class LogPrinter {
  readonly #session: Pick<Session, 'output' | 'environment'>
  readonly #style: LogStyle
  readonly #colourOf = new Map<string, (text: string) => string>()

  constructor(session: Pick<Session, 'output' | 'environment'>, style: LogStyle) {
    this.#session = session
    this.#style = style
  }

  /** Prints one log to its end, or as far as its limit allows. */
  async print(source: LogSource, lines: AsyncIterable<LogLine>): Promise<void> {
    const { limitBytes = Number.POSITIVE_INFINITY } = this.#style
    let left = limitBytes
    let begun = ''
    for await (const line of lines) {
      begun += begun === '' ? this.#textOf(line) : line.text
      if (line.partial) continue
      const whole = Buffer.from(`${begun}\n`)
      begun = ''
      const shown = whole.length <= left ? whole.toString() : beginningOf(whole, left)
      left -= whole.length
      this.#session.output.write(`${this.#prefixOf(source)}${shown}`)
      if (left <= 0) return
    }
    if (begun !== '') this.#session.output.write(`${this.#prefixOf(source)}${begun}\n`)
  }

  #textOf({ time, text }: LogLine): string {
    return this.#style.timestamps === true ? `${time} ${text}` : text
  }

  #prefixOf({ pod, container }: LogSource): string {
    if (this.#style.prefix !== true) return ''
    const { name } = pod.metadata
    return this.#colour(`${name}/${container}`)(`[pod/${name}/${container}] `)
  }

  /** Each log has a colour of its own, as long as there are colours. */
  #colour(key: string): (text: string) => string {
    const { output, environment } = this.#session
    const { cyan, magenta, green, yellow, blue, red } = createColors(hasColours(output.isTerminal, environment))
    const colours = [cyan, magenta, green, yellow, blue, red]
    const colour = this.#colourOf.get(key) ?? colours[this.#colourOf.size % colours.length] ?? cyan
    this.#colourOf.set(key, colour)
    return colour
  }
}

/** The first bytes of a text, in whole characters. */
function beginningOf(bytes: Buffer, size: number): string {
  let end = size
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return bytes.toString('utf8', 0, end)
}
