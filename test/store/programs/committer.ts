import { Store } from '../../../src/store/store.ts'
import { objectNamed } from '../../support/objects.ts'

// committer FILE NAME COUNT: commits COUNT pods NAME-1, NAME-2, … in bursts of up to five at once, and prints the name
// and the resourceVersion of each as soon as it has been acknowledged.
const [file = '', name = '', count = ''] = process.argv.slice(2)
const store = await Store.open({ file })
process.stdout.write('open\n')
for (let made = 0; made < Number(count); ) {
  const burst = Array.from({ length: Math.min(1 + (made % 5), Number(count) - made) }, () =>
    commit(`${name}-${(made += 1)}`),
  )
  await Promise.all(burst)
}
await store.close()

async function commit(pod: string): Promise<void> {
  const object = objectNamed('Pod', pod, { spec: { text: 'x'.repeat(500) } })
  const { metadata } = await store.commitOne({ type: 'create', object }, name)
  process.stdout.write(`${pod} ${metadata.resourceVersion}\n`)
}
