import { definitionOf } from '../../src/model/kinds.ts'
import { addKind, type KindTypes, type Toolbox } from '../kind-types.ts'

/** The Namespace type. */
export function addNamespace(toolbox: Toolbox): KindTypes {
  return addKind(toolbox, definitionOf('Namespace'))
}
