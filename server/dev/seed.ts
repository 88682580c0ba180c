import { seedDemo } from '../demo/seeding/seed-demo.ts'
import { serve } from '../serve.ts'

/** `npm run seed`: fills the empty house of `DATA_DIR` or `DATABASE_URL` and leaves. */
const served = await serve({
  env: { ...process.env, PORT: '0', AHLAN_SEED: 'demo' },
  publicDir: 'dist/public',
  say: () => undefined,
  writeLog: (line) => process.stderr.write(line),
  seedDemo,
})
await served.stop()
