import { createColors } from 'picocolors'
import type { Output, Surroundings } from './surroundings.ts'

/** Colours text for a terminal, or leaves it as it is. */
export type Paint = Readonly<Record<'green' | 'yellow' | 'red' | 'bold' | 'dim', (text: string) => string>>

/**
 * The paint for an output: colours on a terminal only, never with NO_COLOR (https://no-color.org), always with FORCE_COLOR.
 * An empty variable counts as none.
 */
export function paintFor({ isTerminal }: Pick<Output, 'isTerminal'>, environment: Surroundings['environment']): Paint {
  return createColors(hasColours(isTerminal, environment))
}

/** Whether an output is coloured. */
export function hasColours(isTerminal: boolean, environment: Surroundings['environment']): boolean {
  const { NO_COLOR: no = '', FORCE_COLOR: force = '', TERM: term } = environment
  if (no !== '') return false
  if (force !== '') return force !== '0' && force !== 'false'
  return isTerminal && term !== 'dumb'
}
