import { describe, expect, it } from 'vitest'
import { DocumentCache } from '../../src/server/document-cache.ts'

describe('a document cache', () => {
  it('remembers what was asked for last, and forgets the rest', () => {
    const cache = new DocumentCache<number>()
    for (let index = 0; index < 1_024; index += 1) cache.set(`document ${index}`, index)
    expect(cache.get('document 0')).toBe(0)
    cache.set('one more', 1)
    expect([cache.get('document 0'), cache.get('document 1'), cache.get('one more')]).toEqual([0, undefined, 1])
  })

  it('does not keep what is large, and no more than so many characters together', () => {
    const cache = new DocumentCache<number>()
    cache.set('x'.repeat(1024 ** 2), 1)
    expect(cache.get('x'.repeat(1024 ** 2))).toBeUndefined()
    const texts = Array.from({ length: 20 }, (_, index) => String(index).padEnd(400_000, 'x'))
    for (const text of texts) cache.set(text, 1)
    expect(texts.filter((text) => cache.get(text) !== undefined)).toHaveLength(10)
  })

  it('takes a new value for a text, and counts that once', () => {
    const cache = new DocumentCache<number>()
    for (let value = 0; value < 50; value += 1) cache.set('x'.repeat(400_000), value)
    expect(cache.get('x'.repeat(400_000))).toBe(49)
  })
})
