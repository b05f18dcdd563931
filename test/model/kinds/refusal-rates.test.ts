import { expect, it } from 'vitest'
import { definitionOf } from '../../../src/model/kinds.ts'
import { withKubernetesPath } from '../../../src/model/kubernetes-path.ts'
import { parseObject } from '../../../src/model/validation.ts'
import { openApi } from '../../support/api.ts'
import { describeConformanceLines } from '../../support/conformance.ts'
import { temporaryStores } from '../../support/temporary-stores.ts'
import { isUnknownField, judgeChange, type Manifest, told } from './judge.ts'
import {
  changeSince,
  fieldToName,
  isKnown,
  knownChanges,
  type MutationRow,
  type ObjectRow,
  type RecordedVerdict,
  stableVerdicts,
  type UpdateRow,
} from './recorded-verdicts.ts'

const stores = temporaryStores()
const rateMin = 0.99

/** What was made of an object: refused with these words, or accepted with none. */
type Answer = (manifest: Manifest) => Promise<string>

interface Row {
  readonly manifest: Manifest
  readonly verdict: RecordedVerdict
  readonly answer: () => Promise<string>
}

interface Tally {
  counted: number
  refused: number
  shouldBeRefused: number
  rightlyRefused: number
  fields: number
  namedFields: number
  readonly misses: string[]
}

/** Counts how often a refusal is right, how often one is missed, and how often it names the field at fault. */
async function tallyOf(rows: readonly Row[]): Promise<Tally> {
  const tally: Tally = {
    counted: 0,
    refused: 0,
    shouldBeRefused: 0,
    rightlyRefused: 0,
    fields: 0,
    namedFields: 0,
    misses: [],
  }
  for (const row of rows) {
    const text = await row.answer()
    if (changeSince({ ...row, answer: text }) !== undefined) continue
    const field = fieldToName(row)
    const [isRefused, shouldBe] = [text !== '', !row.verdict.valid]
    tally.counted += 1
    tally.refused += Number(isRefused)
    tally.shouldBeRefused += Number(shouldBe)
    tally.rightlyRefused += Number(isRefused && shouldBe)
    if (isRefused !== shouldBe) tally.misses.push(`${JSON.stringify(row.manifest)}: ${text || 'accepted'}`)
    if (!(isRefused && shouldBe) || field === undefined) continue
    tally.fields += 1
    tally.namedFields += Number(text.includes(field))
    if (!text.includes(field)) tally.misses.push(`${field} is not named by ${text}`)
  }
  return tally
}

async function expectRates(rows: readonly Row[]): Promise<void> {
  const { counted, refused, shouldBeRefused, rightlyRefused, fields, namedFields, misses } = await tallyOf(rows)
  const said = misses.join('\n')
  expect(counted).toBeGreaterThan(0)
  expect(rightlyRefused / refused, `precision: ${said}`).toBeGreaterThanOrEqual(rateMin)
  expect(rightlyRefused / shouldBeRefused, `recall: ${said}`).toBeGreaterThanOrEqual(rateMin)
  expect(namedFields / fields, `field: ${said}`).toBeGreaterThanOrEqual(rateMin)
}

/** Applies objects to a server. Unknown fields, which it refuses as kubectl does, are left out beforehand. */
async function withServer(act: (apply: Answer) => Promise<void>): Promise<void> {
  const api = await openApi(stores)
  const document = `mutation ($manifests: String!) { apply(manifests: $manifests, dryRun: true) { dryRun } }`
  try {
    await act(async (manifest) => {
      const { errors } = await api.ask(document, { manifests: JSON.stringify(withoutUnknownFields(manifest)) })
      const [error] = errors ?? []
      // Whether a namespace is there is no question of how an object is written.
      return error === undefined || error.extensions.code === 'NOT_FOUND' ? '' : error.message
    })
  } finally {
    await api.close()
  }
}

function withoutUnknownFields(manifest: Manifest): Manifest {
  const copy = structuredClone(manifest)
  const { causes } = parseObject(definitionOf(manifest.kind), manifest, { keepsStatus: true })
  for (const { field } of causes.filter(isUnknownField)) {
    const path = field.replaceAll(/\[(\d+)\]/g, '.$1').split('.')
    const parent = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], copy)
    delete (parent as Record<string, unknown>)[path.at(-1) ?? '']
  }
  return copy
}

describeConformanceLines<ObjectRow>('03b-object-validation.jsonl', (all) => {
  it('what is created is refused when it should be, and the field at fault is named, in 99 of 100 cases', async () => {
    await withServer((apply) =>
      expectRates(stableVerdicts(all).map((row) => ({ ...row, answer: () => apply(row.manifest) }))),
    )
  })
})

describeConformanceLines<MutationRow>('06b-mutations.jsonl', (all) => {
  it('what was changed by hand is refused when it should be, and the field at fault is named, in 99 of 100 cases', async () => {
    const rows = all.filter((row) => isKnown(row.manifest))
    await withServer((apply) =>
      expectRates(rows.map((row) => ({ ...row, verdict: row, answer: () => apply(row.manifest) }))),
    )
  })
})

describeConformanceLines<UpdateRow>('03c-update-validation.jsonl', (all) => {
  it('what is updated is refused when it should be, and the field at fault is named, in 99 of 100 cases', async () => {
    const answer = async ({ old, next }: { old: Manifest; next: Manifest }) =>
      told(judgeChange(old, next).map(withKubernetesPath)).join('\n')
    await expectRates(knownChanges(all).map((row) => ({ manifest: row.next, verdict: row, answer: () => answer(row) })))
  })
})
