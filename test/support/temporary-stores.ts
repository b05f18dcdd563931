import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { Store, type StoreOptions } from '../../src/store/store.ts'

/** Real databases in folders of their own. */
export interface TemporaryStores {
  /** A path for a database in a new folder. */
  newFile(): string
  /** Opens a store, on a new file unless one is given. It looks at the log only when the doorbell rings. */
  open(options?: Partial<StoreOptions>): Promise<Store>
  /** Closes and removes all that were opened; done by itself when the time has come. */
  clear(): Promise<void>
}

/**
 * Stores for the tests of a file; after each test, or, with `afterAll`, when all are done, they are closed and their folders
 * removed.
 */
export function temporaryStores(whenDone: typeof afterEach = afterEach): TemporaryStores {
  const folders: string[] = []
  const stores: Store[] = []
  const newFile = () => {
    const folder = mkdtempSync(join(tmpdir(), 'myriad-store-'))
    folders.push(folder)
    return join(folder, 'myriad.db')
  }
  const clear = async () => {
    for (const store of stores.splice(0)) await store.close()
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
  }
  whenDone(clear)
  return {
    newFile,
    clear,
    open: async (options = {}) => {
      const store = await Store.open({ pollMs: neverMs, ...options, file: options.file ?? newFile() })
      stores.push(store)
      return store
    },
  }
}

const neverMs = 3_600_000
