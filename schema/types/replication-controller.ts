import { definitionOf } from '../../src/model/kinds.ts'
import { addKind, type KindTypes, type Toolbox } from '../kind-types.ts'

/** The ReplicationController type. */
export function addReplicationController(toolbox: Toolbox): KindTypes {
  return addKind(toolbox, definitionOf('ReplicationController'))
}
