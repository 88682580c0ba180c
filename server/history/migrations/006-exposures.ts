import type { Dialect } from '../engine.ts'

/**
 * Each time something was said to a visitor of its own accord, or would have been but for the comparison. Who is not
 * remembered has neither visitor nor visit. `about` is JSON: a variant's name is people's own words. `due_at` is when the
 * time of its goal is over.
 */
export const exposures = {
  number: 6,
  name: 'exposures',
  statements: ({ id }: Dialect): string[] => [
    `CREATE TABLE exposures (
      id ${id} PRIMARY KEY,
      site_id ${id} NOT NULL,
      rule_id ${id},
      visitor_id ${id},
      visit_id ${id},
      conversation_id ${id},
      at BIGINT NOT NULL,
      said_by ${id} NOT NULL,
      held_out BIGINT NOT NULL,
      silent BIGINT NOT NULL,
      about TEXT NOT NULL,
      due_at BIGINT,
      seen_at BIGINT,
      opened_at BIGINT,
      replied_at BIGINT,
      goal_at BIGINT
    )`,
    'CREATE INDEX exposures_by_time ON exposures (at)',
    'CREATE INDEX exposures_by_visitor ON exposures (visitor_id, at) WHERE visitor_id IS NOT NULL',
    'CREATE INDEX exposures_by_visit ON exposures (site_id, at) WHERE visit_id IS NOT NULL',
    'CREATE INDEX exposures_of_nobody ON exposures (site_id, at) WHERE visitor_id IS NULL',
  ],
}
