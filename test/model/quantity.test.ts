import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addQuantities,
  compareQuantities,
  formatQuantity,
  parseQuantity,
  type Quantity,
  quantityMilliValue,
  quantityValue,
  scaleQuantity,
  subtractQuantities,
} from '../../src/model/quantity.ts'
import { describeConformance } from '../support/conformance.ts'

function quantity(text: string | number): Quantity {
  const parsed = parseQuantity(text)
  if (parsed === null) throw new Error(`${text} should be a quantity`)
  return parsed
}

describe('parseQuantity and formatQuantity', () => {
  it.each([
    ['a whole number stays', '2', '2'],
    ['a fraction becomes thousandths', '1.5', '1500m'],
    ['a thousand becomes k', '1000', '1k'],
    ['a binary fraction takes the next smaller suffix', '1.5Gi', '1536Mi'],
    ['a binary amount under 1Ki is written without suffix', '0.5Ki', '512'],
    ['a binary amount with a fraction of a byte is written in decimals', '1.0001Ki', '1024102400u'],
    ['finer than nano is rounded away from zero', '0.1n', '1n'],
    ['finer than nano is rounded away from zero below zero too', '-0.1n', '-1n'],
    ['an exponent becomes a multiple of three', '1e4', '10e3'],
    ['an exponent of zero is not written', '1000e-3', '1'],
    ['a number of a manifest is read as its text', 0.25, '250m'],
    ['a large number of a manifest is read as its text', 1e21, '1e+21'],
    ['a tiny exponent is rounded up to nano', '1e-1000', '1e-9'],
    ['more than the suffixes can say falls back to an exponent', '5000E', '5e21'],
    ['binary amounts are capped at the largest 64-bit integer', '-9Ei', '-9223372036854775807'],
    ['text that Kubernetes takes for canonical is kept', '1.500k', '1.500k'],
    ['a sign alone is zero, as Kubernetes reads it', '+', '0'],
  ])('%s: %s is %s', (_, text, canonical) => {
    expect(formatQuantity(quantity(text))).toBe(canonical)
  })

  it.each([
    '',
    ' ',
    '1 ',
    '1K',
    '1ki',
    '1mm',
    '1e',
    '1E-',
    '0x10',
    '1,5',
    '--1',
    '1e1.5',
    'NaN',
    '1Ki5',
    '1e9999999999',
  ])('%j is no quantity', (text) => {
    expect(parseQuantity(text)).toBeNull()
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('%j is no quantity', (number) => {
    expect(parseQuantity(number)).toBeNull()
  })

  it('a text of a megabyte is turned down at once', () => {
    expect(parseQuantity('9'.repeat(1_000_000))).toBeNull()
  })
})

describe('quantityValue and quantityMilliValue', () => {
  it.each([
    ['absent is zero', undefined, 0, 0],
    ['a tenth of a cpu is one hundred thousandths', '100m', 1, 100],
    ['a nano is rounded up to one', '1n', 1, 1],
    ['below zero is rounded away from zero', '-1.5m', -1, -2],
    ['bytes', '64Mi', 67_108_864, 67_108_864_000],
    ['a number', 2, 2, 2000],
  ])('%s', (_, text, value, milliValue) => {
    expect([quantityValue(text), quantityMilliValue(text)]).toEqual([value, milliValue])
    expect([quantityValue(text), quantityMilliValue(text)]).toEqual([value, milliValue])
  })

  it('what is no quantity is a broken promise', () => {
    expect(() => quantityValue('1K')).toThrow('broken promise')
  })

  it('more texts than are remembered still have their values', () => {
    for (let count = 0; count < 25_000; count += 1) expect(quantityMilliValue(`${count}m`)).toBe(count)
  })
})

describe('arithmetic', () => {
  it.each([
    ['a zero takes the format of the other', '0', '1Ki', '1Ki', '-1Ki'],
    ['the first gives the format', '1Gi', '1G', '2073741824', '73741824'],
    ['exact where floating point is not', '0.1', '0.2', '300m', '-100m'],
  ])('%s', (_, a, b, sum, difference) => {
    expect(formatQuantity(addQuantities(quantity(a), quantity(b)))).toBe(sum)
    expect(formatQuantity(subtractQuantities(quantity(a), quantity(b)))).toBe(difference)
  })
})

describe('properties', () => {
  const quantities = fc.record({
    nano: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
    format: fc.constantFrom('DecimalSI' as const, 'DecimalExponent' as const),
  })
  const binaries = fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }).map((units): Quantity => {
    return { nano: units * 10n ** 9n, format: 'BinarySI' }
  })
  const anyQuantity = fc.oneof(quantities, binaries)

  it('reading what was written gives the same amount, and writing that the same text', () => {
    fc.assert(
      fc.property(anyQuantity, (written) => {
        const text = formatQuantity(written)
        const read = quantity(text)
        expect(read.nano).toBe(written.nano)
        // A text without a suffix reads as DecimalSI, whatever it was written from: it may then be written shorter.
        expect(formatQuantity({ ...read, format: written.format })).toBe(text)
      }),
    )
  })

  it('comparing agrees with the sign of the difference', () => {
    fc.assert(
      fc.property(anyQuantity, anyQuantity, (a, b) => {
        const difference = subtractQuantities(a, b).nano
        expect(compareQuantities(a, b)).toBe(difference > 0n ? 1 : difference < 0n ? -1 : 0)
        expect(addQuantities(subtractQuantities(a, b), b).nano).toBe(a.nano)
      }),
    )
  })

  it('no text makes the parser throw, and what it takes it writes and takes again', () => {
    const texts = fc.string({ unit: fc.constantFrom(...'0123456789.+-eEinumkKMGTP'.split('')), maxLength: 12 })
    fc.assert(
      fc.property(texts, (text) => {
        const parsed = parseQuantity(text)
        if (parsed !== null) expect(quantity(formatQuantity(parsed)).nano).toBe(parsed.nano)
      }),
      { numRuns: 1000 },
    )
  })
})

interface QuantityRow {
  readonly in: string
  readonly valid: boolean
  readonly canonical: string
  readonly format: string
  readonly sign: number
  readonly value?: number | null
  readonly milliValue?: number | null
}

interface QuantityFile {
  readonly parse: readonly QuantityRow[]
  readonly compare: readonly { readonly a: string; readonly b: string; readonly cmp: number }[]
  readonly add: readonly { readonly a: string; readonly b: string; readonly sum: string }[]
  readonly sub: readonly { readonly a: string; readonly b: string; readonly diff: string }[]
  readonly roundUp: readonly { readonly in: string; readonly scale10: number; readonly expect: string }[]
}

describeConformance<QuantityFile>('02-quantities.json', (file) => {
  it.each(file.parse)('reads $in', (row) => {
    const parsed = parseQuantity(row.in)
    expect(parsed !== null).toBe(row.valid)
    if (parsed === null) return
    expect(formatQuantity(parsed)).toBe(row.canonical)
    expect(parsed.format).toBe(row.format)
    expect(compareQuantities(parsed, quantity('0'))).toBe(row.sign)
    if (typeof row.value === 'number') expect(quantityValue(row.in)).toBe(row.value)
    if (typeof row.milliValue === 'number') expect(quantityMilliValue(row.in)).toBe(row.milliValue)
  })

  it.each(file.compare)('compares $a and $b', ({ a, b, cmp }) => {
    expect(compareQuantities(quantity(a), quantity(b))).toBe(cmp)
  })

  it.each(file.add)('$a + $b = $sum', ({ a, b, sum }) => {
    expect(formatQuantity(addQuantities(quantity(a), quantity(b)))).toBe(sum)
  })

  it.each(file.sub)('$a - $b = $diff', ({ a, b, diff }) => {
    expect(formatQuantity(subtractQuantities(quantity(a), quantity(b)))).toBe(diff)
  })

  it.each(file.roundUp)('$in at 10^$scale10 is $expect', (row) => {
    const rounded = scaleQuantity(quantity(row.in), row.scale10)
    expect(Number(rounded) * 10 ** row.scale10).toBeCloseTo(Number(row.expect), 9)
  })
})
