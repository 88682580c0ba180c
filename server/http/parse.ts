import * as v from 'valibot'
import { failure, type Result, success } from '../../shared/result.ts'

/** What fits the schema, or the first thing that does not, with its path. */
export function parse<Output>(
  schema: v.GenericSchema<unknown, Output>,
  value: unknown,
  where = '',
): Result<Output> {
  const parsed = v.safeParse(schema, value, { abortEarly: true, abortPipeEarly: true })
  if (parsed.success) return success(parsed.output)
  const [issue] = parsed.issues
  const path = [where, v.getDotPath(issue) ?? ''].filter(Boolean).join('.').slice(0, pathCharacters)
  return failure('invalid', sentence(issue, path), path ? { path } : {})
}

const pathCharacters = 120

/** Never repeats the value: it may be a secret, or of any size. */
function sentence({ message, expected }: v.BaseIssue<unknown>, path: string): string {
  const own = message.startsWith('must ') || message.startsWith('has ')
  if (expected === 'never') return `${path} is not known here.`
  return `${path || 'The body'} ${own ? message : `must be ${expected ?? 'of another form'}`}.`
}
