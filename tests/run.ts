import { startVitest, type TestCase, type TestModule, type Vitest } from 'vitest/node'
import { ensureChromium } from '../server/dev/chromium.ts'
import { startPostgres } from './support/postgres.ts'

/*
 * What `npm test` runs after types, lint and build. A test that was skipped counts as failed:
 * what cannot run has to say why.
 */
process.env.CHROMIUM_PATH = ensureChromium()
// One for all files: each would make its own otherwise.
const postgres = await startPostgres()
process.env.TEST_DATABASE_URL = postgres.url
const vitest = await startVitest('test', process.argv.slice(2), {
  config: process.env.TEST_CONFIG ?? 'tests/vitest.config.ts',
  run: true,
  watch: false,
})
const outcome = count(vitest)
await vitest.close()
await postgres.stop()
for (const reason of outcome.reasons) console.log(reason)
console.log(`${outcome.passed} passed, ${outcome.reasons.length} failed`)
// Said outright: the hook by which PostgreSQL leaves no process behind would end with 0 whatever `exitCode` says.
process.exit(outcome.passed > 0 && outcome.reasons.length === 0 ? 0 : 1)

function count({ state }: Vitest): { passed: number; reasons: string[] } {
  const modules = state.getTestModules()
  const tests = modules.flatMap((one) => [...one.children.allTests()])
  return {
    passed: tests.filter((test) => test.result().state === 'passed').length,
    reasons: [
      ...tests.filter((test) => test.result().state !== 'passed').map(describeTest),
      ...modules.flatMap(brokenModule),
      ...state.getUnhandledErrors().map((error) => `failed: unhandled ${messageOf(error)}`),
    ],
  }
}

function describeTest(test: TestCase): string {
  const { state } = test.result()
  const verdict = state === 'failed' ? 'failed' : `failed (${state}, but nothing may be skipped)`
  return `${verdict}: ${test.module.relativeModuleId} > ${test.fullName}`
}

function brokenModule(module: TestModule): string[] {
  if (module.errors().length === 0 && module.children.size === 0)
    return [`failed: ${module.relativeModuleId} came to no test`]
  return module.errors().map((error) => `failed: ${module.relativeModuleId}: ${error.message}`)
}

/** What comes from another process has nothing but its fields. */
function messageOf(error: unknown): string {
  const { message } = Object(error)
  return typeof message === 'string' ? message : JSON.stringify(error)
}
