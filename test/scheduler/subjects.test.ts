import { expectTypeOf, it } from 'vitest'
import type { Node } from '../../src/model/kinds/node.ts'
import type { Pod } from '../../src/model/kinds/pod.ts'
import type { SchedulingNode, SchedulingPod } from '../../src/scheduler/subjects.ts'

it('every v1 Pod and Node is what the scheduler looks at', () => {
  expectTypeOf<Pod>().toExtend<SchedulingPod>()
  expectTypeOf<Node>().toExtend<SchedulingNode>()
})
