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
  const path = [where, v.getDotPath(issue) ?? ''].filter(Boolean).join('.')
  return failure('invalid', sentence(issue.message, path), path ? { path } : {})
}

const sentence = (message: string, path: string): string =>
  message.startsWith('must ') || message.startsWith('has ')
    ? `${path || 'The value'} ${message}.`
    : `${message}.`
