import { describe, expect, it } from 'vitest'
import { oomScoreAdjust } from '../../../../src/agent/runtimes/process/oom-score.ts'
import { pod } from '../../support/pod.ts'

const half = { cpu: '1', memory: '512Mi' }

describe('how readily a container is killed', () => {
  it.each([
    ['first of all when it asks for nothing', {}, {}, 1000],
    ['last when all is guaranteed', { limits: half, requests: half }, {}, -997],
    ['the less the more it has requested', { requests: half }, {}, 500],
    ['before none when it has requested nearly nothing', { requests: { memory: '1' } }, {}, 999],
    ['after those that ask for less, when it asks for all', { requests: { memory: '2Gi' } }, {}, 3],
    ['last when the node needs it', {}, { priorityClassName: 'system-node-critical' }, -997],
  ])('%s', (_sentence, resources, more, score) => {
    const one = pod('p', { containers: [{ name: 'main', image: 'none', resources }], ...more })
    for (const container of one.spec.containers) expect(oomScoreAdjust(one, container, 1024 ** 3)).toBe(score)
  })
})
