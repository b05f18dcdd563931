// Sets up, then runs one benchmark: npm run bench -- churn --nodes 5000 --pods 50000

import { runBuilt } from './built.mjs'

await runBuilt('test/bench/main.js', process.argv.slice(2))
