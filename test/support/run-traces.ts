import { appendFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The variable by which the workers of a run know the next. */
export const cgroupRootVariable = 'TEST_CGROUP_ROOT'

/** The cgroup below which the agents of this run of tests make theirs; undefined where the run may make none. */
export const runCgroupRoot: string | undefined = process.env[cgroupRootVariable]

/**
 * Says which network namespaces a test is about to make, so that they are found when it is interrupted: a name, or how names
 * begin and `*`.
 */
export function rememberNamespaces(name: string): void {
  appendFileSync(join(tmpdir(), 'network-namespaces'), `${name}\n`)
}
