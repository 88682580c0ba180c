import type { Dialect } from '../engine.ts'

/** Who asked to be forgotten, by hashes that lead back to nobody (see records/marks). */
export const erased = {
  number: 4,
  name: 'erased',
  statements: ({ id, clustered }: Dialect): string[] => [
    `CREATE TABLE erased (mark ${id} PRIMARY KEY, at BIGINT NOT NULL) ${clustered}`,
  ],
}
