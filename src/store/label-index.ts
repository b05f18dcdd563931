import type { Requirement, Selector } from '../model/selector.ts'
import { type Sortable, SortedIndex } from './sorted-index.ts'

/** What the label index needs of a member. */
export interface Labelled extends Sortable {
  readonly labels: Readonly<Record<string, string>> | undefined
}

/**
 * For each label `key=value` its objects in order. Finds the smallest set that surely holds all matches of a selector.
 */
export class LabelIndex<Member extends Labelled> {
  private readonly byKey = new Map<string, Map<string, SortedIndex<Member>>>()

  add(member: Member): void {
    for (const key in member.labels) this.postings(key, member.labels[key] ?? '').add(member)
  }

  remove(member: Member): void {
    for (const key in member.labels) {
      const value = member.labels[key] ?? ''
      const postings = this.postings(key, value)
      postings.remove(member)
      if (postings.size > 0) continue
      const values = this.byKey.get(key)
      values?.delete(value)
      if (values?.size === 0) this.byKey.delete(key)
    }
  }

  /** The fewest sets whose union holds every match, or undefined where all objects have to be looked at. */
  candidates(selector: Selector): readonly SortedIndex<Member>[] | undefined {
    let best: readonly SortedIndex<Member>[] | undefined
    let bestSize = Number.POSITIVE_INFINITY
    for (const requirement of selector) {
      const sets = this.setsOf(requirement)
      if (sets === undefined) continue
      const size = sets.reduce((sum, set) => sum + set.size, 0)
      if (size >= bestSize) continue
      best = sets
      bestSize = size
    }
    return best
  }

  private setsOf({ key, operator, values }: Requirement): readonly SortedIndex<Member>[] | undefined {
    const byValue = this.byKey.get(key)
    if (operator === 'In') return [...new Set(values)].flatMap((value) => byValue?.get(value) ?? [])
    if (operator === 'Exists' && byValue === undefined) return []
    if (operator === 'Exists' && byValue !== undefined && byValue.size <= 16) return [...byValue.values()]
    return undefined
  }

  private postings(key: string, value: string): SortedIndex<Member> {
    let values = this.byKey.get(key)
    if (values === undefined) this.byKey.set(key, (values = new Map<string, SortedIndex<Member>>()))
    let postings = values.get(value)
    if (postings === undefined) values.set(value, (postings = new SortedIndex()))
    return postings
  }
}
