import { describe, expect, it } from 'vitest'
import { mergePatch } from '../../src/manifest/merge-patch.ts'

describe('a merge patch', () => {
  it.each([
    // The table of RFC 7386, appendix A.
    ['{"a":"b"}', '{"a":"c"}', '{"a":"c"}'],
    ['{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'],
    ['{"a":"b"}', '{"a":null}', '{}'],
    ['{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'],
    ['{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'],
    ['{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'],
    ['{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'],
    ['{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'],
    ['["a","b"]', '["c","d"]', '["c","d"]'],
    ['{"a":"b"}', '["c"]', '["c"]'],
    ['{"a":"foo"}', 'null', 'null'],
    ['{"a":"foo"}', '"bar"', '"bar"'],
    ['{"e":null}', '{"a":1}', '{"e":null,"a":1}'],
    ['[1,2]', '{"a":"b","c":null}', '{"a":"b"}'],
    ['{}', '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'],
    // What no object has by itself is only a name.
    ['{}', '{"__proto__":{"a":1},"constructor":{"b":2}}', '{"__proto__":{"a":1},"constructor":{"b":2}}'],
  ])('of %s by %s makes %s', (value, patch, result) => {
    expect(JSON.stringify(mergePatch(JSON.parse(value), JSON.parse(patch)))).toBe(result)
  })

  it('leaves what it is given as it was', () => {
    const value = { a: { b: 1 }, c: [1] }
    mergePatch(value, { a: { b: 2 }, c: null })
    expect(value).toEqual({ a: { b: 1 }, c: [1] })
  })
})
