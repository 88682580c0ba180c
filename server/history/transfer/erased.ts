import * as v from 'valibot'
import { count } from '../../../shared/text/fields.ts'
import { erasedTable } from '../records/marks.ts'
import { atOnce, type Kind, parseLine } from './kind.ts'

const Line = v.strictObject({ mark: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)), at: count })

/** Goes first: who is erased stays so wherever the rest arrives. */
export const erased: Kind = {
  name: 'erased',
  async *lines(queries) {
    for (let after = ''; ; ) {
      const rows = await queries.all<v.InferOutput<typeof Line>>(
        'SELECT mark, at FROM erased WHERE mark > ? ORDER BY mark LIMIT ?',
        [after, atOnce],
      )
      const last = rows.at(-1)
      if (!last) return
      yield rows.map(({ mark, at }) => JSON.stringify({ mark, at }))
      after = last.mark
    }
  },
  async store(queries, lines) {
    const rows = lines.map((line) => {
      const { mark, at } = parseLine(Line, line)
      return [mark, at]
    })
    await queries.insertMany(erasedTable, rows)
  },
}
