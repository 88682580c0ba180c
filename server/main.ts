import { fileURLToPath } from 'node:url'
import { openDemoHouse } from './demo/demo-house.ts'
import { runServer } from './run-server.ts'

await runServer({
  env: process.env,
  publicDir: fileURLToPath(new URL('../public', import.meta.url)),
  say: (line) => process.stdout.write(`${line}\n`),
  writeLog: (line) => process.stderr.write(line),
  seedDemo: openDemoHouse,
})
