import { expect, it } from 'vitest'
import type { PodStatusReport } from '../../src/agent/door.ts'
import { PodTable } from '../../src/agent/pod-table.ts'
import type { Runtime } from '../../src/agent/runtimes/runtime.ts'
import type { PodStatus } from '../../src/model/kinds/pod/pod-status.ts'
import type { Pod } from '../../src/model/kinds/pod.ts'
import { pod } from './support/pod.ts'

const status = (ready: 'True' | 'False'): PodStatus => ({
  phase: 'Running',
  conditions: [{ type: 'Ready', status: ready }],
})
const stored = (ready?: 'True' | 'False'): Pod => pod('p', {}, ready === undefined ? {} : { status: status(ready) })

async function* emptyLog(): AsyncGenerator<string> {}

const idleRuntime: Runtime = {
  open: () => Promise.resolve(),
  runPod: () => undefined,
  stopPod: () => undefined,
  endPod: () => undefined,
  readLog: () => emptyLog(),
  forgetPod: () => undefined,
  forgetOthers: () => undefined,
  close: () => Promise.resolve(),
}

it.each<[string, PodStatus | undefined, Pod, number]>([
  ['again when the store takes it for not ready', status('True'), stored('False'), 2],
  ['once when the store has no word of it yet', status('True'), stored(), 1],
  ['once when the store has it as it is', status('True'), stored('True'), 1],
  ['once when it is not ready in fact', status('False'), stored('False'), 1],
  ['not at all when the runtime has told nothing', undefined, stored('False'), 0],
])('a pod that is assigned again is reported %s', (_, told, again, count) => {
  const reports: PodStatusReport[] = []
  const table = new PodTable({
    runtime: idleRuntime,
    report: (report) => reports.push(report),
    forgetReports: () => undefined,
  })
  table.apply({ complete: true, pods: [stored()], removed: [] })
  if (told !== undefined) table.podChanged('uid-p', told)
  table.apply({ complete: true, pods: [again], removed: [] })
  expect(reports.map((report) => report.status)).toEqual(Array(count).fill(told))
})
