import { BroadcastChannel } from 'node:worker_threads'

/**
 * Says "something changed" to the other threads of this process that use the same database. It only makes their
 * reading early; their poll makes it certain.
 */
export class Doorbell {
  private readonly channel: BroadcastChannel

  constructor(file: string, onRing: () => void) {
    this.channel = new BroadcastChannel(`myriad:${file}`)
    this.channel.onmessage = onRing
    this.channel.unref()
  }

  ring(): void {
    this.channel.postMessage(null)
  }

  close(): void {
    this.channel.close()
  }
}
