import { parseSync, Visitor } from 'oxc-parser'

/** What the project's rules ask of one module. */
export interface ModuleSyntax {
  /** Every module that it names: imports and re-exports, of types too, `import()`, and files named by URL (workers). */
  readonly imports: readonly string[]
  /** Imports whose target only shows at run time. */
  readonly hasComputedImport: boolean
  readonly hasDefaultExport: boolean
  readonly readsEnvironment: boolean
  readonly comments: readonly string[]
}

/** Parses TypeScript or JavaScript. Throws when it is neither. */
export function parseModule(path: string, source: string): ModuleSyntax {
  const { program, comments, errors } = parseSync(path, source)
  const [fault] = errors
  if (fault !== undefined) throw new SyntaxError(`${path}: ${fault.message}`)
  const imports: string[] = []
  let hasComputedImport = false
  let hasDefaultExport = false
  let readsEnvironment = false
  const add = (node: { readonly type: string; readonly value?: unknown } | null): void => {
    if (node?.type === 'Literal' && typeof node.value === 'string') imports.push(node.value)
    else if (node !== null) hasComputedImport = true
  }
  new Visitor({
    ImportDeclaration: (node) => {
      add(node.source)
      if (/^(node:)?process$/.test(node.source.value) && node.specifiers.some(namesEnvironment)) readsEnvironment = true
    },
    ExportNamedDeclaration: (node) => {
      add(node.source)
      if (node.specifiers.some(({ exported }) => textOf(exported) === 'default')) hasDefaultExport = true
    },
    ExportAllDeclaration: (node) => add(node.source),
    ExportDefaultDeclaration: () => {
      hasDefaultExport = true
    },
    ImportExpression: (node) => add(node.source),
    TSImportType: (node) => add(node.source),
    TSExternalModuleReference: (node) => add(node.expression),
    CallExpression: (node) => {
      if (textOf(node.callee) === 'require') add(node.arguments[0] ?? null)
    },
    NewExpression: (node) => {
      const [file, base] = node.arguments
      if (textOf(node.callee) === 'URL' && base !== undefined && isImportMeta(base)) add(file ?? null)
    },
    MemberExpression: (node) => {
      if (textOf(node.object) === 'process' && textOf(node.property) === 'env') readsEnvironment = true
    },
  }).visit(program)
  return {
    imports,
    hasComputedImport,
    hasDefaultExport,
    readsEnvironment,
    comments: comments.map(({ value }) => value),
  }
}

interface Syntax {
  readonly type: string
  readonly name?: unknown
  readonly value?: unknown
}

/** The name of an identifier or the text of a string; null for anything else. */
function textOf(node: Syntax): string | null {
  if (typeof node.name === 'string') return node.name
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : null
}

function namesEnvironment(specifier: { readonly type: string; readonly imported?: Syntax }): boolean {
  return specifier.imported !== undefined && textOf(specifier.imported) === 'env'
}

/** Whether an expression is `import.meta.url` or another part of `import.meta`. */
function isImportMeta(node: { readonly type: string; readonly object?: { readonly type: string } }): boolean {
  return node.type === 'MemberExpression' && node.object?.type === 'MetaProperty'
}
