import { type ProcessIdentity, signalProcess, startTicksOf } from '../../src/agent/runtimes/process/process-identity.ts'
import { listProcesses, type ProcessRow } from '../../src/demo/process-table.ts'
import type { KilledContainer, LogEntry } from './ledger.ts'

/** A container's process, as the status of its pod tells it. */
export interface PodProcess extends KilledContainer {
  readonly pod: string
  readonly identity: ProcessIdentity
}

/** The processes of the pods that run by the newest versions of the log. */
export function podProcesses(log: readonly LogEntry[]): PodProcess[] {
  const newest = new Map(log.filter(({ kind }) => kind === 'Pod').map((entry) => [entry.uid, entry]))
  return [...newest.values()].flatMap(({ uid, type, object }) => {
    if (type === 'DELETED' || object.metadata.deletionTimestamp !== undefined) return []
    return (object.status?.containerStatuses ?? []).flatMap(({ containerID = '', state }) => {
      const [, pid, startTicks] = /^process:\/\/(\d+)-(\d+)$/.exec(containerID) ?? []
      if (state?.running === undefined || pid === undefined || startTicks === undefined) return []
      return [{ uid, containerID, pod: object.metadata.name, identity: { pid: Number(pid), startTicks } }]
    })
  })
}

/** Sends a signal if it is still that process. Whether it was. */
export function signalPod({ identity }: PodProcess, name: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): boolean {
  return signalProcess(identity, name)
}

/** What is wrong with the processes in the end: one that is told to run and does not, one that runs and is nobody's. */
export async function findProcessFaults(log: readonly LogEntry[], folder: string): Promise<string[]> {
  const expected = podProcesses(log)
  const dead = expected.filter(({ identity }) => startTicksOf(identity.pid) !== identity.startTicks)
  const rows = await listProcesses()
  const pids = new Set(expected.map(({ identity }) => identity.pid))
  const parents = new Set(rows.filter(({ pid }) => pids.has(pid)).map(({ parentPid }) => parentPid))
  const shims = new Set(rows.filter((row) => parents.has(row.pid) && isInRun(row)).map(({ pid }) => pid))
  const isExpected = (row: ProcessRow) =>
    isInRun(row) ? shims.has(row.pid) || shims.has(row.parentPid) : pids.has(row.pid)
  const astray = rows.filter((row) => row.workingFolder?.startsWith(`${folder}/`) === true && !isExpected(row))
  return [
    ...dead.map(({ pod, containerID }) => `pod ${pod} is told to run as ${containerID}, which does not run`),
    ...astray.map(({ pid, workingFolder }) => `process ${pid} in ${workingFolder} belongs to no running pod`),
  ]
}

/**
 * A container works in its folder, which has the same path in its own view of the files; its shim, and what that has started to
 * copy its output, in the folder of the run.
 */
function isInRun({ workingFolder = '' }: ProcessRow): boolean {
  return workingFolder.includes('/.runs/')
}
