import type { Resource } from '../model/resource.ts'
import type { ObjectEvent } from './follow.ts'
import type { GetOptions } from './get-options.ts'
import type { Printer } from './output-format.ts'
import { type ObjectChange, PresentObjects, type PresentOptions } from './present-objects.ts'
import type { Session } from './session.ts'
import type { Viewer } from './viewer.ts'

/** What texts are made of. */
export interface TextViewerOptions {
  readonly print: Printer
  readonly inOrder: PresentOptions['inOrder']
  readonly options: Pick<GetOptions, 'outputWatchEvents' | 'watchOnly'>
  readonly session: Pick<Session, 'output' | 'errors'>
}

/** Each object as a text of its own, for programs. */
export class TextViewer implements Viewer {
  readonly #told: TextViewerOptions
  readonly #present: PresentObjects
  #isFirst = true

  constructor(told: TextViewerOptions) {
    this.#told = told
    this.#present = new PresentObjects({ inOrder: told.inOrder, watchOnly: told.options.watchOnly })
  }

  show(event: ObjectEvent): void {
    const { print, options, session } = this.#told
    for (const change of this.#present.take(event)) {
      const printed = options.outputWatchEvents === true ? eventDocument(change) : change.object
      session.output.write(print([printed], { isFirst: this.#isFirst }))
      this.#isFirst = false
    }
  }

  say(sentence: string): void {
    this.#told.session.errors.write(`${sentence}\n`)
  }

  close(): void {}
}

/** An event as Kubernetes' API sends it. */
function eventDocument({ type, object }: ObjectChange): Resource {
  return { ...({ object, type } as unknown as Resource) }
}
