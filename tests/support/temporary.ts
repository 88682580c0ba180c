import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'

/** Paths that do not exist yet, in a directory of each test's own. */
export function useTemporary(): () => string {
  let parent = ''
  let count = 0
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'ahlan-test-'))
  })
  afterEach(() => rm(parent, { recursive: true, force: true }))
  return () => join(parent, String(++count))
}
