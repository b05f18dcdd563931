/**
 * What is wrong with a label of a DNS name (RFC 1123): the rule for names of Namespaces, containers and volumes.
 * This and its siblings are apimachinery's `pkg/util/validation`, with its sentences; nothing is wrong when it is empty.
 */
export function dnsLabelFaults(value: string): readonly string[] {
  return [...lengthFaults(value, 63), ...patternFaults(value, dnsLabel)]
}

/** What is wrong with a DNS subdomain (RFC 1123): the rule for the names of most kinds. */
export function dnsSubdomainFaults(value: string): readonly string[] {
  return [...lengthFaults(value, 253), ...patternFaults(value, dnsSubdomain)]
}

/** What is wrong with a label of a DNS name that begins with a letter (RFC 1035): the rule for names of Services. */
export function dns1035LabelFaults(value: string): readonly string[] {
  return [...lengthFaults(value, 63), ...patternFaults(value, dns1035Label)]
}

/**
 * What is wrong with a prefix from which names are made (`metadata.generateName`), by the rule for the names: a hyphen at
 * the end is right, because more will follow (apimachinery `maskTrailingDash`).
 */
export function prefixFaults(prefix: string, rule: (name: string) => readonly string[]): readonly string[] {
  return rule(prefix.length > 1 && prefix.endsWith('-') ? `${prefix.slice(0, -2)}a` : prefix)
}

/** What is wrong with a qualified name, `[prefix/]name`: the rule for label keys, finalizers, resource names, taint keys. */
export function qualifiedNameFaults(value: string): readonly string[] {
  const parts = value.split('/')
  if (parts.length > 2) {
    const example = "with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"
    return [`a valid label key ${patternFault(qualifiedName)} ${example}`]
  }
  const name = parts.at(-1) ?? ''
  return [
    ...(parts.length === 2 ? prefixPartFaults(parts[0] ?? '') : []),
    ...(name === '' ? [`name part ${emptyFault}`] : lengthFaults(name, 63).map(ofNamePart)),
    ...patternFaults(name, qualifiedName).map(ofNamePart),
  ]
}

/** What is wrong with the key of an annotation: a qualified name in which case does not count. */
export function annotationKeyFaults(value: string): readonly string[] {
  return qualifiedNameFaults(value.toLowerCase())
}

/** What is wrong with the value of a label. The empty text is right. */
export function labelValueFaults(value: string): readonly string[] {
  return [...lengthFaults(value, 63), ...patternFaults(value, labelValue)]
}

/** What is wrong with the name of an environment variable by the strict rule, which held up to Kubernetes 1.31. */
export function envVarNameFaults(value: string): readonly string[] {
  return [...patternFaults(value, envVarName), ...parentFolderFaults(value)]
}

/** What is wrong with the name of an environment variable by today's rule: printable ASCII without `=`. */
export function relaxedEnvVarNameFaults(value: string): readonly string[] {
  if (value === '') return [`environment variable name ${emptyFault}`]
  if (/^[ -<>-~]+$/.test(value)) return []
  return ["a valid environment variable name must consist only of printable ASCII characters other than '='"]
}

/** What is wrong with a key of a ConfigMap or Secret. */
export function configMapKeyFaults(value: string): readonly string[] {
  return [...lengthFaults(value, 253), ...patternFaults(value, configMapKey), ...parentFolderFaults(value)]
}

/** What is wrong with the number of a port. */
export function portNumberFaults(port: number): readonly string[] {
  return Number.isInteger(port) && port >= 1 && port <= 65535 ? [] : ['must be between 1 and 65535, inclusive']
}

/** What is wrong with the name of a port (RFC 6335, lower case). */
export function portNameFaults(value: string): readonly string[] {
  const characters = 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)'
  return [
    ...lengthFaults(value, 15),
    ...(/^[-a-z0-9]+$/.test(value) ? [] : [characters]),
    ...(/[a-z]/.test(value) ? [] : ['must contain at least one letter (a-z)']),
    ...(value.includes('--') ? ['must not contain consecutive hyphens'] : []),
    ...(/^-|-$/.test(value) ? ['must not begin or end with a hyphen'] : []),
  ]
}

/** What is wrong with an IP address, version 4 or 6, read leniently: leading zeros are decimal (`netutils.ParseIPSloppy`). */
export function ipFaults(value: string): readonly string[] {
  return isIpv4(value) || isIpv6(value) ? [] : ['must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)']
}

/** What is wrong with an address block such as `10.9.8.0/24`, read as leniently as an address. */
export function cidrFaults(value: string): readonly string[] {
  const slash = value.indexOf('/')
  const address = slash < 0 ? '' : value.slice(0, slash)
  const bits = value.slice(slash + 1)
  const mostBits = isIpv4(address) ? 32 : isIpv6(address) ? 128 : -1
  if (/^[0-9]+$/.test(bits) && Number(bits) <= mostBits) return []
  return ['must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)']
}

/** What is wrong with a percentage such as `25%`. */
export function percentFaults(value: string): readonly string[] {
  return patternFaults(value, percent)
}

/** What is wrong with the name of an HTTP header. */
export function httpHeaderNameFaults(value: string): readonly string[] {
  return patternFaults(value, httpHeaderName)
}

/**
 * A name made of the prefix and five characters, as Kubernetes' `names.SimpleNameGenerator` makes it: of a longer prefix 58
 * characters are kept, so that a DNS label comes out. `random` gives numbers in [0, 1).
 */
export function generateName(prefix: string, random: () => number): string {
  let name = prefix.slice(0, 58)
  for (let count = 0; count < 5; count += 1) name += alphabet.charAt(Math.floor(random() * alphabet.length))
  return name
}

/** The known word that was probably meant, case not counting; undefined when none is near. The first of equally near ones. */
export function suggestName(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase()
  if (wanted.length > longestSuggested) return undefined
  let nearest: string | undefined
  let distance = Math.floor(wanted.length * 0.4) + 2
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) >= distance) continue
    const candidateDistance = editDistance(wanted, candidate.toLowerCase())
    if (candidateDistance >= distance) continue
    nearest = candidate
    distance = candidateDistance
  }
  return nearest
}

interface Pattern {
  readonly expression: RegExp
  readonly message: string
  readonly shown: string
  readonly examples: readonly string[]
}

const emptyFault = 'must be non-empty'
const alphabet = 'bcdfghjklmnpqrstvwxz2456789'
const longestSuggested = 100

const dnsLabelFormat = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const qualifiedNameFormat = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'

const dnsLabel = pattern(
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
  dnsLabelFormat,
  ['my-name', '123-abc'],
)
const dnsSubdomain = pattern(
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  `${dnsLabelFormat}(\\.${dnsLabelFormat})*`,
  ['example.com'],
)
const dns1035Label = pattern(
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
  '[a-z]([-a-z0-9]*[a-z0-9])?',
  ['my-name', 'abc-123'],
)
const qualifiedName = pattern(
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  qualifiedNameFormat,
  ['MyName', 'my.name', '123-abc'],
)
const labelValue = pattern(
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  `(${qualifiedNameFormat})?`,
  ['MyValue', 'my_value', '12345'],
)
const envVarName = pattern(
  "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit",
  '[-._a-zA-Z][-._a-zA-Z0-9]*',
  ['my.env-name', 'MY_ENV.NAME', 'MyEnvName1'],
)
const configMapKey = pattern(
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
  '[-._a-zA-Z0-9]+',
  ['key.name', 'KEY_NAME', 'key-name'],
)
const percent = pattern("a valid percent string must be a numeric string followed by an ending '%'", '[0-9]+%', [
  '1%',
  '93%',
])
const httpHeaderName = pattern("a valid HTTP header must consist of alphanumeric characters or '-'", '[-A-Za-z0-9]+', [
  'X-Header-Name',
])

function pattern(message: string, shown: string, examples: readonly string[]): Pattern {
  return { expression: new RegExp(`^(?:${shown})$`), message, shown, examples }
}

function patternFaults(value: string, rule: Pattern): readonly string[] {
  return rule.expression.test(value) ? [] : [patternFault(rule)]
}

function patternFault({ message, shown, examples }: Pattern): string {
  const quoted = examples.map((example) => `'${example}', `).join(' or ')
  return `${message} (e.g. ${quoted}regex used for validation is '${shown}')`
}

function lengthFaults(value: string, mostBytes: number): readonly string[] {
  const isShort = value.length <= mostBytes && (value.length * 3 <= mostBytes || byteLength(value) <= mostBytes)
  return isShort ? [] : [`must be no more than ${mostBytes} bytes`]
}

function byteLength(value: string): number {
  return new TextEncoder().encode(value).length
}

function prefixPartFaults(prefix: string): readonly string[] {
  return prefix === ''
    ? [`prefix part ${emptyFault}`]
    : dnsSubdomainFaults(prefix).map((fault) => `prefix part ${fault}`)
}

function ofNamePart(fault: string): string {
  return `name part ${fault}`
}

/** A key becomes a file's name: it may not lead out of its folder. */
function parentFolderFaults(value: string): readonly string[] {
  if (value === '.' || value === '..') return [`must not be '${value}'`]
  return value.startsWith('..') ? ["must not start with '..'"] : []
}

function isIpv4(value: string): boolean {
  const octets = value.split('.')
  return octets.length === 4 && octets.every((octet) => /^[0-9]+$/.test(octet) && Number(octet) <= 255)
}

function isIpv6(value: string): boolean {
  const halves = value.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const isTailIpv4 = !value.endsWith('::') && isIpv4(groups.at(-1) ?? '')
  const plain = isTailIpv4 ? groups.slice(0, -1) : groups
  if (!plain.every((group) => /^0*[0-9a-fA-F]{1,4}$/.test(group))) return false
  const count = plain.length + (isTailIpv4 ? 2 : 0)
  return halves.length === 2 ? count <= 7 : count === 8
}

/** Levenshtein's distance between two texts, in which two neighbours that changed places count as one change. */
export function editDistance(a: string, b: string): number {
  let beforePrevious: readonly number[] = []
  let previous: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1]
      const isSwapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      const replaced = at(previous, column - 1) + (isSame ? 0 : 1)
      const swapped = isSwapped ? at(beforePrevious, column - 2) + 1 : replaced
      current.push(Math.min(replaced, swapped, at(previous, column) + 1, at(current, column - 1) + 1))
    }
    beforePrevious = previous
    previous = current
  }
  return at(previous, b.length)
}

function at(distances: readonly number[], index: number): number {
  return distances[index] ?? Number.POSITIVE_INFINITY
}
