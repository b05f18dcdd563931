/** A table as schema.prisma means it, or as a database has it. */
export interface Table {
  readonly columns: readonly Column[]
  readonly primaryKey: readonly string[]
  /** The columns of each index, with a `!` in front where they are unique; in order of their text. */
  readonly indexes: readonly string[]
}

export interface Column {
  readonly name: string
  readonly type: string
  readonly isNullable: boolean
  readonly isIncremented: boolean
}

/** What Prisma makes of its types in SQLite. */
const sqliteTypes: Readonly<Record<string, string>> = { Int: 'INTEGER', BigInt: 'BIGINT', String: 'TEXT' }

/** The models of a schema.prisma, of which it knows as much as ours uses. Throws at what it does not know. */
export function parsePrismaSchema(text: string): Record<string, Table> {
  const models = text.matchAll(/^model (\w+) \{\n(.*?)^\}/gms)
  return Object.fromEntries([...models].map(([, name = '', body = '']) => [name, parseModel(body)]))
}

function parseModel(body: string): Table {
  const columns: Column[] = []
  const primaryKey: string[] = []
  const indexes: string[] = []
  for (const line of body.split('\n').map((each) => each.trim())) {
    if (line === '' || line.startsWith('//')) continue
    const block = /^@@(unique|index)\(\[([\w, ]+)\]\)$/.exec(line)
    if (block !== null) {
      indexes.push(`${block[1] === 'unique' ? '!' : ''}${block[2]}`)
      continue
    }
    const field = /^(\w+) +(Int|BigInt|String)(\?)?((?: +@(?:id|unique|default\((?:autoincrement\(\)|\d+)\)))*)$/.exec(
      line,
    )
    if (field === null) throw new Error(`cannot read this line of schema.prisma: ${line}`)
    const [, name = '', type = '', mark, attributes = ''] = field
    if (attributes.includes('@id')) primaryKey.push(name)
    if (attributes.includes('@unique')) indexes.push(`!${name}`)
    const isIncremented = attributes.includes('autoincrement')
    columns.push({ name, type: sqliteTypes[type] ?? type, isNullable: mark === '?', isIncremented })
  }
  return { columns, primaryKey, indexes: indexes.sort() }
}
