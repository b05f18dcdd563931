import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const pollIntervalMs = 200

/**
 * Runs `work` while no other process of this machine does so in the same clone; waits for its turn. The lock is a file
 * that holds the holder's process id: one left behind by a process that is gone does not count.
 */
export async function withSetupLock(root, work) {
  const file = join(root, '.setup.lock')
  await take(file)
  const release = () => rmSync(file, { force: true })
  const stop = (signal) => process.exit(signal === 'SIGINT' ? 130 : 143)
  process.once('exit', release)
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  try {
    return await work()
  } finally {
    process.off('exit', release)
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
    release()
  }
}

async function take(file) {
  // Written aside and linked, so that whoever sees the lock sees the id in it.
  const own = `${file}.${process.pid}`
  writeFileSync(own, String(process.pid))
  try {
    let told = false
    while (!tryLink(own, file)) {
      const holder = holderOf(file)
      if (holder === null) continue
      if (!isAlive(holder)) {
        discard(file, holder)
        continue
      }
      if (!told) process.stderr.write(`setup: waiting for the set-up that process ${holder} is doing\n`)
      told = true
      await sleep(pollIntervalMs)
    }
  } finally {
    rmSync(own, { force: true })
  }
}

function tryLink(own, file) {
  try {
    linkSync(own, file)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/** The process id in the lock; null when the lock has gone in the meantime. */
function holderOf(file) {
  try {
    return Number(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT') return null
    throw error
  }
}

/** Removes a dead process' lock, and only that one: if another took its place meanwhile, that one is put back. */
function discard(file, holder) {
  const aside = `${file}.${process.pid}.discarded`
  try {
    renameSync(file, aside)
  } catch (error) {
    if (error.code === 'ENOENT') return
    throw error
  }
  if (holderOf(aside) !== holder) tryLink(aside, file)
  rmSync(aside, { force: true })
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
