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

/** The names of a few of a set, and how many more there are. */
export function fewNames<Item>(items: ReadonlySet<Item>, nameOf: (item: Item) => string): string {
  const names: string[] = []
  for (const item of items) {
    if (names.length === 3 && items.size > 3) return `${names.join(', ')} and ${items.size - 3} more`
    names.push(nameOf(item))
  }
  return names.join(', ')
}
