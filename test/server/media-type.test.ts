import { describe, expect, it } from 'vitest'
import { otherCharset, takesResults, takesStreams } from '../../src/server/media-type.ts'

describe('a client takes', () => {
  it.each([
    ['results and streams where it does not say', undefined, true, true],
    ['results and streams where it says nothing', '', true, true],
    ['anything', 'text/html, */*;q=0.1', true, true],
    ['JSON', 'application/json', true, false],
    ['the JSON of GraphQL, in capitals', 'Application/GraphQL-Response+JSON ; charset=UTF-8', true, false],
    ['anything that is an application', 'application/*', true, false],
    ['events', 'text/event-stream', true, true],
    ['texts, events among them', 'text/*', true, true],
    ['parts', 'multipart/mixed; boundary="-"', true, false],
    ['pages alone', 'text/html, application/xhtml+xml', false, false],
    ['JSON in another charset alone', 'application/json; charset=utf-16', false, false],
    ['JSON in UTF-8, by another of its names', 'application/json; charset="utf8"', true, false],
    ['JSON in a charset that only begins alike', 'application/json; charset=utf-8x', false, false],
    ['everything but JSON', 'application/json;q=0', false, false],
    ['JSON, though not first', 'application/json;q=0.5', true, false],
    ['what only begins alike', 'application/jsonp', false, false],
  ])('%s', (_, accept, results, streams) => {
    expect([takesResults(accept), takesStreams(accept)]).toEqual([results, streams])
  })
})

it.each([
  ['application/json', undefined],
  ['application/json; charset=utf-8', undefined],
  ['application/json;CHARSET="UTF8";q=1', undefined],
  ['application/json; charset=utf-8x', 'utf-8x'],
  ['application/json; q=1; charset="iso-8859-1"', 'iso-8859-1'],
  ['application/json; charset=', ''],
])('the charset of %s is UTF-8, unless another is named', (type, other) => {
  expect(otherCharset(type)).toBe(other)
})
