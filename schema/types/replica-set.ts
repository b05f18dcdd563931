import { definitionOf } from '../../src/model/kinds.ts'
import { addKind, type KindTypes, type Toolbox } from '../kind-types.ts'

/** The ReplicaSet type. */
export function addReplicaSet(toolbox: Toolbox): KindTypes {
  return addKind(toolbox, definitionOf('ReplicaSet'))
}
