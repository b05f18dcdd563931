import type { Frame } from './question.ts'

/** Where a subscriber's frames go: a WebSocket, or an iterator for SSE. */
export interface Sink {
  /** Hands frames over. They are buffered where the peer is slow, and dropped where it is gone. Never throws. */
  write(frames: readonly Frame[]): void
  /** The peer is behind: hold on until `ready`. */
  readonly congested: boolean
  /** Resolves when the peer can take more, or is gone. Never rejects. */
  ready(): Promise<void>
}
