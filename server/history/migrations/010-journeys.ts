import type { Dialect } from '../engine.ts'

/**
 * What the report of journeys reads. `journey_parts` holds the visits of a site in one hour (counted from 1970), packed as
 * `journeys/packing.ts` has it: `people` who was there, `pages` what they looked at. `journey_changes` has the hours
 * that are to be packed again. Both can be made again from page views, events and conversations. The triggers write
 * down what changed in the transaction that changes it, and take away the part from which somebody is to be gone.
 */
export const journeys = {
  number: 10,
  name: 'journeys',
  statements: ({ name, id, bytes, clustered }: Dialect): string[] => [
    'CREATE INDEX conversations_by_start ON conversations (site_id, started_at)',
    `CREATE TABLE journey_parts (
      hour BIGINT NOT NULL,
      site_id ${id} NOT NULL,
      people ${bytes} NOT NULL,
      pages ${bytes} NOT NULL,
      PRIMARY KEY (hour, site_id)
    )`,
    `CREATE TABLE journey_changes (
      hour BIGINT NOT NULL,
      site_id ${id} NOT NULL,
      PRIMARY KEY (hour, site_id)
    ) ${clustered}`,
    ...sources.map(
      ({ table, at }) =>
        `INSERT INTO journey_changes (hour, site_id) SELECT DISTINCT ${at} / 3600000, site_id FROM ${table} WHERE true
         ON CONFLICT (hour, site_id) DO NOTHING`,
    ),
    ...(name === 'sqlite' ? sqliteTriggers() : postgresTriggers()),
  ],
}

const sources = [
  { table: 'page_views', at: 'at', events: ['INSERT', 'UPDATE', 'DELETE'] },
  { table: 'visit_events', at: 'at', events: ['INSERT', 'DELETE'] },
  { table: 'conversations', at: 'started_at', events: ['INSERT', 'DELETE'] },
] as const

const sqliteTriggers = (): string[] =>
  sources.flatMap(({ table, at, events }) =>
    events.map((event) => {
      const row = event === 'DELETE' ? 'OLD' : 'NEW'
      const of = `hour = ${row}.${at} / 3600000 AND site_id = ${row}.site_id`
      const note = `INSERT OR IGNORE INTO journey_changes (hour, site_id) VALUES (${row}.${at} / 3600000, ${row}.site_id);`
      const [when, then] =
        event === 'DELETE'
          ? ['', `${note} DELETE FROM journey_parts WHERE ${of};`]
          : [`WHEN NOT EXISTS (SELECT 1 FROM journey_changes WHERE ${of})`, note]
      const what = event === 'UPDATE' ? 'UPDATE OF page' : event
      return `CREATE TRIGGER journeys_of_${table}_${event.toLowerCase()} AFTER ${what} ON ${table} ${when}
        BEGIN ${then} END`
    }),
  )

/**
 * Once a statement. Whoever packs an hour takes its row first, so that it waits for what is not committed yet; those
 * who only add to the hour hold the row together and do not wait for each other.
 */
const postgresTriggers = (): string[] =>
  sources.flatMap(({ table, at, events }) => [
    `CREATE FUNCTION note_journeys_of_${table}() RETURNS trigger LANGUAGE plpgsql AS $$
     DECLARE one RECORD;
     BEGIN
       FOR one IN SELECT DISTINCT ${at} / 3600000 AS hour, site_id FROM touched ORDER BY 1, 2 LOOP
         PERFORM 1 FROM journey_changes c WHERE c.hour = one.hour AND c.site_id = one.site_id FOR KEY SHARE;
         IF NOT FOUND THEN
           INSERT INTO journey_changes (hour, site_id) VALUES (one.hour, one.site_id)
           ON CONFLICT (hour, site_id) DO UPDATE SET site_id = EXCLUDED.site_id;
         END IF;
         IF TG_OP = 'DELETE' THEN
           DELETE FROM journey_parts p WHERE p.hour = one.hour AND p.site_id = one.site_id;
         END IF;
       END LOOP;
       RETURN NULL;
     END $$`,
    ...events.map(
      (event) =>
        `CREATE TRIGGER journeys_of_${table}_${event.toLowerCase()} AFTER ${event} ON ${table}
         REFERENCING ${event === 'DELETE' ? 'OLD' : 'NEW'} TABLE AS touched
         FOR EACH STATEMENT EXECUTE FUNCTION note_journeys_of_${table}()`,
    ),
  ])
