import type { Surroundings } from './surroundings.ts'

/** Tells a person at a terminal what is waited for, in a line that goes away. In a pipe it says nothing. */
export class WaitingLine {
  readonly #errors: Surroundings['errors']
  #isShown = false

  constructor({ errors }: Pick<Surroundings, 'errors'>) {
    this.#errors = errors
  }

  show(text: string): void {
    if (!this.#errors.isTerminal) return
    this.#errors.write(`\r\u001b[K${text.slice(0, this.#errors.width - 1)}`)
    this.#isShown = true
  }

  clear(): void {
    if (this.#isShown) this.#errors.write('\r\u001b[K')
    this.#isShown = false
  }
}

/** A few names, and how many more there are. */
export function fewNames(names: readonly string[]): string {
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
}
