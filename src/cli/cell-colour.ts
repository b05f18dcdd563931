import type { Paint } from './paint.ts'

type Colour = 'green' | 'yellow' | 'red'

/** States in which all is well, and those that will pass. Anything else that a pod can be told to be is a failure. */
const calm: Readonly<Record<string, Colour | undefined>> = {
  Running: 'green',
  Ready: 'green',
  Active: 'green',
  Completed: undefined,
  Succeeded: undefined,
  Normal: undefined,
  Pending: 'yellow',
  ContainerCreating: 'yellow',
  PodInitializing: 'yellow',
  SchedulingGated: 'yellow',
  Terminating: 'yellow',
  NotReady: 'red',
  Unknown: 'red',
  Warning: 'yellow',
}

/** The text of a cell, with a colour where its column tells how something is. */
export function paintCell(paint: Paint, column: string, text: string): string {
  const colour = column === 'STATUS' ? statusColour(text) : column === 'TYPE' ? calm[text] : undefined
  return colour === undefined ? text : paint[colour](text)
}

/** The colour of a status: `Running`, `Ready,SchedulingDisabled`, `Init:0/1`, `CrashLoopBackOff`. */
export function statusColour(status: string): Colour | undefined {
  if (Object.hasOwn(calm, status)) return calm[status]
  if (status.startsWith('Ready,')) return 'yellow'
  if (/^Init:\d+\/\d+$/.test(status)) return 'yellow'
  return status === '' || status.startsWith('<') ? undefined : 'red'
}
