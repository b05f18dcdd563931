// Sets up, then runs the demonstration: npm run demo

import { runBuilt } from './built.mjs'

await runBuilt('src/main.js', ['demo', ...process.argv.slice(2)])
