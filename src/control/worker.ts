import { randomUUID } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import { assert } from '../model/errors.ts'
import type { Scoring } from '../scheduler/profile.ts'
import { Store } from '../store/store.ts'
import { WriteTurn } from '../store/write-turn.ts'
import { type ControlPlaneOptions, startControlPlane } from './control-plane.ts'

/** What the thread is told at its start. */
export interface WorkerData extends Pick<ControlPlaneOptions, 'nodes' | 'tolerationSeconds'> {
  readonly file: string
  readonly scoring: Scoring
  /** The memory of the write turn that this process shares. */
  readonly turn: SharedArrayBuffer
  /** Milliseconds between looks at the log without a ring of the doorbell. */
  readonly pollMs: number
}

/** What the thread tells: that it runs, that the database cannot or can again be written, or a fault, as text. */
export type WorkerMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'health'; readonly fault: string | undefined }
  | { readonly type: 'fault'; readonly what: string; readonly error: string }

/** The controller worker as a thread: the control loops over a store of its own. Any message ends it. */
async function main(): Promise<void> {
  assert(parentPort !== null, 'this file is started as a worker thread')
  const port = parentPort
  const { file, turn, pollMs, ...settings } = workerData as WorkerData
  const tell = (message: WorkerMessage) => port.postMessage(message)
  const onFault = (what: string, error: unknown) =>
    tell({ type: 'fault', what, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  const store = await Store.open({
    file,
    turn: new WriteTurn(turn),
    pollMs,
    onFault: (error) => onFault('store', error),
    onWriteHealth: (fault) => tell({ type: 'health', fault }),
  })
  const controlPlane = startControlPlane({ store, ...settings, random: Math.random, newUid: randomUUID, onFault })
  tell({ type: 'ready' })
  await new Promise((resolve) => port.once('message', resolve))
  await controlPlane.close()
  await store.close()
  port.close()
}

await main()
