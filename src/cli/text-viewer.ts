import type { Resource } from '../model/resource.ts'
import type { ObjectEvent } from './follow.ts'
import type { GetOptions } from './get-options.ts'
import type { Printer } from './output-format.ts'
import type { Session } from './session.ts'
import type { Viewer } from './viewer.ts'

/** What texts are made of. */
export interface TextViewerOptions {
  readonly print: Printer
  readonly options: Pick<GetOptions, 'outputWatchEvents'>
  readonly session: Pick<Session, 'output' | 'errors'>
}

/** Each object as a text of its own, for programs. */
export class TextViewer implements Viewer {
  readonly #told: TextViewerOptions
  #isFirst = true

  constructor(told: TextViewerOptions) {
    this.#told = told
  }

  show(event: ObjectEvent): void {
    if (event.type === 'BOOKMARK') return
    const { print, options, session } = this.#told
    const printed = options.outputWatchEvents === true ? eventDocument(event) : event.object
    session.output.write(print([printed], { isFirst: this.#isFirst }))
    this.#isFirst = false
  }

  say(sentence: string): void {
    this.#told.session.errors.write(`${sentence}\n`)
  }

  close(): void {}
}

/** An event as Kubernetes' API sends it. */
function eventDocument({ type, object }: Exclude<ObjectEvent, { readonly type: 'BOOKMARK' }>): Resource {
  return { ...({ object, type } as unknown as Resource) }
}
