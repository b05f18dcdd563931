// sweep.mjs FOLDER GROUP RUNNER CACHE: waits until its input ends, then ends and removes all that a run of tests has left, and
// prints a line for each thing. A process of its own, so that it outlives a run that is interrupted or killed. FOLDER is where
// the run keeps its files, GROUP the name that its cgroups begin with, RUNNER the id of its first process: that one and its
// own children (Vitest's workers) are spared when the input was `finished`, and so is CACHE, a folder that it removes itself.

import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync, rmdirSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'

const [folder, group, runner, cache] = process.argv.slice(2)
/** Programs of the system (util-linux, iproute2). */
const [unmounter, configurer] = ['umount', 'ip']
const roundMs = 20
const roundsMax = 250

/** The names of network namespaces that the run makes, as far as they are known: one a line, `*` for any end. */
const namespacesFile = join(folder, 'network-namespaces')

const isFinished = (await text(process.stdin)) === 'finished'
const left = []
if (process.platform === 'linux') {
  left.push(...(await sweepProcesses()), ...sweepMounts(), ...sweepNamespaces(), ...(await sweepGroups()))
}
left.push(...sweepFiles())
// Nobody hears what is said of a run that was killed.
if (!isFinished) rmSync(cache, { recursive: true, force: true })
else writeSync(1, left.map((line) => `${line}\n`).join(''))

/** Kills until there are none, as one that was about to start another may have done so in between. */
async function sweepProcesses() {
  const told = new Map()
  for (let round = 0; round < roundsMax; round += 1) {
    const members = findMembers()
    if (members.size === 0) break
    for (const [pid, command] of members) {
      told.set(pid, `process ${pid}: ${command}`)
      kill(pid)
    }
    await delay(roundMs)
  }
  return told.values()
}

/** The processes of the run, by id: what works in its folder, was told of it, or is in its cgroups, with all descendants. */
function findMembers() {
  const rows = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(readProcess)
  const spared = new Set([String(process.pid), runner])
  const mayBe = rows.filter(({ pid, parent }) => !spared.has(pid) && !(isFinished && parent === runner))
  const members = mayBe.filter(({ isOfRun }) => isOfRun)
  for (const { pid } of members) {
    for (const row of mayBe) if (row.parent === pid && !members.includes(row)) members.push(row)
  }
  return new Map(members.map(({ pid, command }) => [pid, command]))
}

function readProcess(pid) {
  const read = (name) => readFileSync(join('/proc', pid, name), 'utf8')
  try {
    const [state, parent] = read('stat')
      .replace(/^.*\) /s, '')
      .split(' ')
    if (state === 'Z') return []
    const command = read('cmdline').replaceAll('\0', ' ').trim()
    const works = readlinkSync(join('/proc', pid, 'cwd'))
    const isOfRun =
      isBelow(works) ||
      command.includes(`${folder}/`) ||
      read('environ').split('\0').includes(`TMPDIR=${folder}`) ||
      read('cgroup').includes(`/${group}`)
    return [{ pid, parent, command, isOfRun }]
  } catch {
    // It has ended meanwhile, or is somebody else's.
    return []
  }
}

function sweepMounts() {
  const points = mounts()
    .map(({ point }) => point)
    .filter(isBelow)
    .toReversed()
  for (const point of points) spawnSync(unmounter, ['--lazy', point])
  return points.map((point) => `mount ${point}`)
}

function sweepNamespaces() {
  if (!existsSync(namespacesFile) || !existsSync('/run/netns')) return []
  const known = readFileSync(namespacesFile, 'utf8').trim().split('\n')
  const isKnown = (name) => known.some((one) => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : name === one))
  const names = readdirSync('/run/netns').filter(isKnown)
  for (const name of names) {
    if (spawnSync(configurer, ['netns', 'delete', name]).status !== 0)
      rmSync(join('/run/netns', name), { recursive: true, force: true })
  }
  return names.map((name) => `network namespace ${name}`)
}

async function sweepGroups() {
  const told = []
  for (const { kind, point } of mounts()) {
    if (kind !== 'cgroup' && kind !== 'cgroup2') continue
    for (const name of readdirSync(point).filter((one) => one.startsWith(group))) {
      const inside = groupsBelow(join(point, name))
      // The run itself has made the one that has its name and nothing more.
      told.push(...(name === group ? inside : [join(point, name), ...inside]).map((path) => `cgroup ${path}`))
      for (const path of [...inside.toReversed(), join(point, name)]) await removeGroup(path)
    }
  }
  return told
}

function groupsBelow(path) {
  const names = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return names.flatMap(({ name }) => [join(path, name), ...groupsBelow(join(path, name))])
}

/** The kernel lets go of a group a moment after its last process has ended. */
async function removeGroup(path) {
  for (let round = 0; existsSync(path) && round < roundsMax; round += 1) {
    try {
      rmdirSync(path)
    } catch (error) {
      if (error.code !== 'EBUSY') throw error
      await delay(roundMs)
    }
  }
}

function sweepFiles() {
  const names = existsSync(folder) ? readdirSync(folder) : []
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  return names
    .map((name) => join(folder, name))
    .filter((path) => path !== namespacesFile)
    .map((path) => `file ${path}`)
}

/** What is mounted, in order. */
function mounts() {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const words = line.split(' ')
      const point = words[4].replace(/\\(\d{3})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 8)))
      return { point, kind: words[words.indexOf('-') + 1] }
    })
}

function isBelow(path) {
  return path === folder || path.startsWith(`${folder}/`) || path === `${folder} (deleted)`
}

function kill(pid) {
  try {
    process.kill(Number(pid), 'SIGKILL')
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}
