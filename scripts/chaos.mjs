// Sets up, then kills, stops and lets go for a while: npm run chaos -- --minutes 10 --seed 7 --json report.json

import { runBuilt } from './built.mjs'

await runBuilt('test/chaos/main.js', process.argv.slice(2))
