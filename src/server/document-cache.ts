/** Texts that are remembered at most, and characters that they may have together. */
const entriesMax = 1_024
const charactersMax = 4 * 1024 ** 2

/**
 * Remembers what came of a document's text, those asked for last. It is bounded by the texts' length, too: documents with
 * whole manifests in them are each sent once, and must not fill the memory.
 */
export class DocumentCache<Value> {
  private readonly values = new Map<string, Value>()
  private characters = 0

  get(text: string): Value | undefined {
    const value = this.values.get(text)
    if (value === undefined) return undefined
    this.values.delete(text)
    this.values.set(text, value)
    return value
  }

  set(text: string, value: Value): void {
    this.delete(text)
    if (text.length * 8 > charactersMax) return
    this.values.set(text, value)
    this.characters += text.length
    for (const oldest of this.values.keys()) {
      if (this.values.size <= entriesMax && this.characters <= charactersMax) return
      this.delete(oldest)
    }
  }

  private delete(text: string): void {
    if (this.values.delete(text)) this.characters -= text.length
  }
}
