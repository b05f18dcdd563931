import { describe, expect, it } from 'vitest'
import { parseSelector } from '../../src/model/selector.ts'
import { type Change, project } from '../../src/watch/event.ts'
import { objectNamed } from '../support/objects.ts'

const web = objectNamed('Pod', 'a', { metadata: { labels: { app: 'web' } } })
const other = objectNamed('Pod', 'a', { metadata: { labels: { app: 'db' } } })
const filter = { kinds: new Set(['Pod']), namespace: 'default', selector: parseSelector('app=web') }
const by = { revision: 7, at: 5, actor: 'me' }

describe('a change, seen through a filter,', () => {
  it.each<[string, Omit<Change, 'revision' | 'at' | 'actor'>, unknown]>([
    ['that makes an object is ADDED', { type: 'ADDED', object: web }, { type: 'ADDED', object: web }],
    ['that makes an object outside is nothing', { type: 'ADDED', object: other }, undefined],
    [
      'within it is MODIFIED',
      { type: 'MODIFIED', object: web, previous: web },
      { type: 'MODIFIED', object: web, previous: web },
    ],
    [
      'into it is ADDED with what was before',
      { type: 'MODIFIED', object: web, previous: other },
      { type: 'ADDED', object: web, previous: other },
    ],
    [
      'out of it is DELETED with what was before',
      { type: 'MODIFIED', object: other, previous: web },
      { type: 'DELETED', object: other, previous: web },
    ],
    ['outside of it is nothing', { type: 'MODIFIED', object: other, previous: other }, undefined],
    [
      'that removes an object is DELETED',
      { type: 'DELETED', object: web, previous: web },
      { type: 'DELETED', object: web },
    ],
    ['that removes an object outside is nothing', { type: 'DELETED', object: other, previous: other }, undefined],
  ])('%s', (_, change, told) => {
    const event = project(filter, { ...change, ...by })
    expect(event).toEqual(told === undefined ? undefined : { ...by, ...(told as object) })
  })

  it.each([
    ['another kind', { ...filter, kinds: new Set(['Node']) }],
    ['another name', { ...filter, name: 'b' }],
    ['another namespace', { ...filter, namespace: 'other' }],
    ['a condition that it does not meet', { ...filter, accepts: () => false }],
  ])('is nothing for who watches %s', (_, asked) => {
    expect(project(asked, { type: 'ADDED', object: web, ...by })).toBeUndefined()
  })
})
