import type { Door } from '../../src/agent/door.ts'
import type { Chance } from '../chaos/chance.ts'
import { doorTo } from '../support/door-to-api.ts'
import type { FakeClock } from '../support/fake-clock.ts'
import type { ControlSide } from './control-side.ts'

/** What stands between an agent and the control side. */
export interface UnreliableDoorOptions {
  readonly control: ControlSide
  readonly clock: FakeClock
  readonly chance: Chance
  /** Whether things may go wrong now. */
  readonly isRough: () => boolean
}

const delayMs = [0, 2_000] as const

/** A door through which requests come late, not at all, or twice, and answers get lost; which ends with each crash behind it. */
export function unreliableDoor(options: UnreliableDoorOptions): Door & { readonly cut: () => void } {
  const { control, clock, chance, isRough } = options
  let closed = false
  let cut = (): void => {}
  const wait = (ms: number) => new Promise<void>((resolve) => void clock.setTimer(resolve, ms))
  const askAgain = async (life: number, ask: (door: Door) => Promise<unknown>): Promise<void> => {
    await wait(chance.whole(...delayMs))
    if (control.life === life) await ask(doorTo(control.api))
  }
  const pass = async <Answer>(ask: (door: Door) => Promise<Answer>): Promise<Answer> => {
    if (closed) throw new Error('the door is closed')
    const { life } = control
    const fate = isRough()
      ? chance.weighted({ arrives: 10, late: 4, lost: 2, unanswered: 2, twice: 1, againLater: 1 })
      : 'arrives'
    if (fate === 'late') await wait(chance.whole(...delayMs))
    if (fate === 'lost' || control.life !== life) throw new Error('the connection was lost before the request came')
    const answer = await ask(doorTo(control.api))
    if (fate === 'twice') await ask(doorTo(control.api))
    if (fate === 'againLater') void askAgain(life, ask)
    if (fate === 'unanswered' || control.life !== life) throw new Error('the connection was lost before the answer')
    return answer
  }
  return {
    registerNodes: (nodes) => pass((door) => door.registerNodes(nodes)),
    renewLeases: (names, seconds) => pass((door) => door.renewLeases(names, seconds)),
    reportPodStatuses: (reports) => pass((door) => door.reportPodStatuses(reports)),
    reportEvents: (events) => pass((door) => door.reportEvents(events)),
    logRequests: (nodeNames) => doorTo(control.api).logRequests(nodeNames),
    openLogChannel: () => doorTo(control.api).openLogChannel(),
    async *assignments(nodeNames) {
      const { life } = control
      const door = doorTo(control.api)
      cut = () => door.close()
      for await (const batch of door.assignments(nodeNames)) {
        if (closed || control.life !== life) break
        if (isRough() && chance.happens(0.3)) await wait(chance.whole(...delayMs))
        yield batch
      }
      throw new Error('the connection was lost')
    },
    cut: () => cut(),
    close: () => {
      closed = true
      cut()
    },
  }
}
