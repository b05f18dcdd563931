import { InvalidArgumentError, Option } from 'commander'

/** An option of a command with its environment variable, `MYRIAD_…`. */
export function setting(flags: string, description: string): Option {
  const option = new Option(flags, description)
  return option.env(`MYRIAD_${option.name().replaceAll('-', '_').toUpperCase()}`)
}

/** Reads a number within bounds. */
export function number(least: number, most = Number.MAX_SAFE_INTEGER) {
  return (text: string): number => {
    const value = Number(text)
    if (text.trim() !== '' && value >= least && value <= most) return value
    throw new InvalidArgumentError(`It must be a number${rangeText(least, most)}.`)
  }
}

/** Reads a whole number within bounds. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER) {
  return (text: string): number => {
    const value = Number(text)
    if (/^\d+$/.test(text.trim()) && value >= least && value <= most) return value
    throw new InvalidArgumentError(`It must be a whole number${rangeText(least, most)}.`)
  }
}

function rangeText(least: number, most: number): string {
  return most === Number.MAX_SAFE_INTEGER ? ` of at least ${least}` : ` from ${least} to ${most}`
}
