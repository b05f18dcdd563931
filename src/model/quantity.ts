import { assert } from './errors.ts'

/** How a quantity was written, and so how it is written again (apimachinery `resource.Format`). */
export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent'

/** An exact amount in units of 10⁻⁹, the finest that Kubernetes' `resource.Quantity` keeps. Never a floating-point number. */
export interface Quantity {
  readonly nano: bigint
  readonly format: QuantityFormat
  /** The text that was parsed, where Kubernetes takes it for canonical and gives it back as it came. */
  readonly text?: string
}

/**
 * Reads a quantity such as `100m`, `1.5Gi` or `12e6`; null when it is none. What is finer than 10⁻⁹ is rounded away from
 * zero, and a binary quantity is capped at 2⁶³-1, as `ParseQuantity` of apimachinery does, its leniency included (`5.`, `-.`).
 * Texts over 1,024 characters and exponents beyond ±1,024 are no quantities.
 */
export function parseQuantity(text: string | number): Quantity | null {
  const source = typeof text === 'number' ? String(text) : text
  if (source === '' || source.length > longestText) return null
  const parts = quantityParts.exec(source)
  if (parts === null) return null
  const [, sign = '', whole = '', fraction = '', suffixText = ''] = parts
  const suffix = parseSuffix(suffixText)
  if (suffix === null) return null
  const digits = whole.replace(/^0+/, '') + fraction
  const magnitude = roundToNano(BigInt(digits === '' ? '0' : digits), fraction.length, suffix)
  const nano = sign === '-' ? -magnitude : magnitude
  const format = suffix.format === 'BinarySI' && isBetween(magnitude, 0n, nanoPerUnit) ? 'DecimalSI' : suffix.format
  return nano !== 0n && isTakenForCanonical(whole, fraction, suffix) ? { nano, format, text: source } : { nano, format }
}

/**
 * The canonical form: no fraction, the largest suffix that loses nothing, `1.5` as `1500m` and `1.5Gi` as `1536Mi`
 * (apimachinery `CanonicalizeBytes`). Beyond the suffix `E` the decimal exponent is written.
 */
export function formatQuantity(quantity: Quantity): string {
  if (quantity.text !== undefined) return quantity.text
  const { nano, format } = quantity
  if (nano === 0n) return '0'
  const isBinary = format === 'BinarySI' && nano % nanoPerUnit === 0n && !isBetween(nano, -kibi, kibi)
  if (isBinary) return formatBinary(nano / nanoPerUnit)
  return formatDecimal(nano, format === 'DecimalExponent')
}

/**
 * The amount in whole units, rounded away from zero; 0 for undefined. Exact up to 2⁵³. Answers from a bounded memory,
 * because schedulers ask often. The text must be a quantity: that is checked where objects come in.
 */
export function quantityValue(text: string | number | undefined): number {
  if (text === undefined) return 0
  return remembered(values, text, 0)
}

/** The amount in thousandths (of a cpu, say), rounded away from zero; 0 for undefined. Otherwise as `quantityValue`. */
export function quantityMilliValue(text: string | number | undefined): number {
  if (text === undefined) return 0
  return remembered(milliValues, text, -3)
}

/** The amount in units of 10^exponent (exponent at least -9), rounded away from zero: 9.01 is 91 at -1 and 10 at 0. */
export function scaleQuantity(quantity: Quantity, exponent: number): bigint {
  assert(exponent >= -9, 'a quantity is not kept finer than 10^-9')
  return divideAwayFromZero(quantity.nano, 10n ** BigInt(exponent + 9))
}

/** The sum, in the format of `a`, or of `b` when `a` is zero. */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  return { nano: a.nano + b.nano, format: a.nano === 0n ? b.format : a.format }
}

/** The difference `a` - `b`, in the format of `a`, or of `b` when `a` is zero. May be negative. */
export function subtractQuantities(a: Quantity, b: Quantity): Quantity {
  return { nano: a.nano - b.nano, format: a.nano === 0n ? b.format : a.format }
}

/** -1, 0 or 1 as `a` is less than, equal to or greater than `b`. The format does not count. */
export function compareQuantities(a: Quantity, b: Quantity): -1 | 0 | 1 {
  if (a.nano === b.nano) return 0
  return a.nano < b.nano ? -1 : 1
}

interface Suffix {
  readonly base: 2 | 10
  readonly exponent: number
  readonly format: QuantityFormat
}

const longestText = 1024
const largestExponent = 1024
const nanoPerUnit = 1_000_000_000n
const kibi = 1024n * nanoPerUnit
const largestBinary = (2n ** 63n - 1n) * nanoPerUnit
const quantityParts = /^([+-]?)([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)$/
const decimalSuffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E']
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
const suffixes = new Map<string, Suffix>([
  ...decimalSuffixes.map((text, index) => [text, { base: 10, exponent: index * 3 - 9, format: 'DecimalSI' }] as const),
  ...binarySuffixes.slice(1).map((text, index) => [text, binarySuffix(index + 1)] as const),
])

function binarySuffix(power: number): Suffix {
  return { base: 2, exponent: power * 10, format: 'BinarySI' }
}

function parseSuffix(text: string): Suffix | null {
  const known = suffixes.get(text)
  if (known !== undefined) return known
  if (!/^[eE][-+]?[0-9]+$/.test(text)) return null
  const exponent = Number(text.slice(1))
  return Math.abs(exponent) <= largestExponent ? { base: 10, exponent, format: 'DecimalExponent' } : null
}

function roundToNano(digits: bigint, fractionLength: number, suffix: Suffix): bigint {
  if (suffix.base === 10) {
    const shift = suffix.exponent + 9 - fractionLength
    return shift >= 0 ? digits * 10n ** BigInt(shift) : divideAwayFromZero(digits, 10n ** BigInt(-shift))
  }
  const scaled = (digits << BigInt(suffix.exponent)) * nanoPerUnit
  const nano = divideAwayFromZero(scaled, 10n ** BigInt(fractionLength))
  return nano > largestBinary ? largestBinary : nano
}

/** Kubernetes keeps the text of what its quick check takes for canonical, `10.035M` among it, and objects come back so. */
function isTakenForCanonical(whole: string, fraction: string, suffix: Suffix): boolean {
  const digits = (whole.replace(/^0+/, '') || '0') + fraction
  if (suffix.base === 2) {
    const isQuick = fraction === '' && 15 - digits.length - Math.trunc(suffix.exponent * 0.3) - 1 >= 0
    return isQuick && Number(digits) % 8 !== 0
  }
  const scale = suffix.exponent - fraction.length
  const isQuick = digits.length <= 18 && scale >= -9
  return isQuick && scale % 3 === 0 && !digits.endsWith('000') && !digits.startsWith('0')
}

function formatBinary(units: bigint): string {
  let mantissa = units
  let power = 0
  while (power < binarySuffixes.length - 1 && mantissa % 1024n === 0n) {
    mantissa /= 1024n
    power += 1
  }
  return `${mantissa}${binarySuffixes[power]}`
}

function formatDecimal(nano: bigint, asExponent: boolean): string {
  let mantissa = nano
  let exponent = -9
  while (mantissa % 1000n === 0n) {
    mantissa /= 1000n
    exponent += 3
  }
  const suffix = asExponent ? undefined : decimalSuffixes[exponent / 3 + 3]
  if (suffix !== undefined) return `${mantissa}${suffix}`
  return exponent === 0 ? String(mantissa) : `${mantissa}e${exponent}`
}

function isBetween(value: bigint, low: bigint, high: bigint): boolean {
  return value > low && value < high
}

function divideAwayFromZero(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor
  if (quotient * divisor === value) return quotient
  return value > 0n ? quotient + 1n : quotient - 1n
}

const mostRemembered = 10_000
const values = new Map<string | number, number>()
const milliValues = new Map<string | number, number>()

function remembered(memory: Map<string | number, number>, text: string | number, exponent: number): number {
  const known = memory.get(text)
  if (known !== undefined) return known
  const quantity = parseQuantity(text)
  assert(quantity !== null, `"${text}" was checked to be a quantity when it came in`)
  const value = Number(scaleQuantity(quantity, exponent))
  if (memory.size >= mostRemembered) memory.clear()
  memory.set(text, value)
  return value
}
