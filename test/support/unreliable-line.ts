import { connect, createServer, type Socket } from 'node:net'
import { afterEach } from 'vitest'

/** A way to a server that breaks. */
export interface UnreliableLine {
  readonly port: number
  /** How many connections were cut. */
  readonly cuts: () => number
  /** Cuts every connection without a word. */
  cut(): void
  /** Cuts every connection, and each new one at once, until `mend`. */
  block(): void
  mend(): void
  /** From now on each connection is cut after so many bytes from the server; never, with undefined. */
  cutAfter(bytes: (() => number) | undefined): void
}

/** Lines to servers for the tests of a file, closed after each test. */
export function unreliableLines(): (port: number) => Promise<UnreliableLine> {
  const open: { close: () => void }[] = []
  afterEach(() => {
    for (const one of open.splice(0)) one.close()
  })
  return async (serverPort) => {
    const sockets = new Set<Socket>()
    let blocked = false
    let cuts = 0
    let bytesUntilCut: (() => number) | undefined
    const cut = (): void => {
      for (const socket of sockets) socket.destroy()
      sockets.clear()
    }
    const server = createServer((near) => {
      if (blocked) return near.destroy()
      const far = connect(serverPort, '127.0.0.1')
      let left = bytesUntilCut?.() ?? Number.POSITIVE_INFINITY
      const end = (): void => {
        near.destroy()
        far.destroy()
        sockets.delete(near)
        sockets.delete(far)
      }
      for (const socket of [near, far]) {
        sockets.add(socket)
        socket.on('error', end).on('close', end)
      }
      near.on('data', (bytes) => far.write(bytes))
      far.on('data', (bytes) => {
        near.write(bytes.subarray(0, left))
        left -= bytes.length
        if (left > 0) return
        cuts += 1
        near.end()
        far.destroy()
      })
    })
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    const { port } = server.address() as { port: number }
    const line: UnreliableLine = {
      port,
      cuts: () => cuts,
      cut,
      block: () => {
        blocked = true
        cut()
      },
      mend: () => {
        blocked = false
      },
      cutAfter: (bytes) => {
        bytesUntilCut = bytes
      },
    }
    open.push({
      close: () => {
        line.block()
        server.close()
      },
    })
    return line
  }
}
