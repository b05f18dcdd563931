import { expect, it } from 'vitest'
import { patientClock } from '../../src/server/patient-clock.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { objectNamed } from '../support/objects.ts'
import { temporaryStores } from '../support/temporary-stores.ts'

const dayMs = 86_400_000
const stores = temporaryStores()

it.each([
  ['goes on with the machine', [0], 1_000],
  ['does not follow it forward', [dayMs], 1_000],
  ['follows it back', [-dayMs], 1_000 - dayMs],
  ['is where it was when the clock went forward and back', [dayMs, -dayMs], 1_000],
])('a patient clock %s', (_, jumps, expected) => {
  const clock = new FakeClock(0)
  const now = patientClock(clock)
  for (const jump of jumps) clock.jump(jump)
  clock.advance(1_000)
  expect(now()).toBe(expected)
})

it('the log keeps what is younger than its age, though the clock jumps forward a day and back', async () => {
  const clock = new FakeClock()
  const store = await stores.open({ now: () => clock.now(), retention: { ageMs: dayMs } })
  const now = patientClock(clock)
  const create = (name: string) => store.commitOne({ type: 'create', object: objectNamed('Pod', name) }, 'me')
  const logged = async () => (await store.changesSince(0, 100, 100)).map(({ object }) => object.metadata.name)
  await create('before')
  clock.advance(60_000)
  clock.jump(dayMs)
  await store.retention.run(now())
  await create('between')
  clock.advance(60_000)
  await store.retention.run(now())
  clock.jump(-dayMs)
  clock.advance(60_000)
  await create('after')
  await store.retention.run(now())
  expect(await logged()).toEqual(['before', 'between', 'after'])
})
