import { failureCodes } from '../../shared/result.ts'
import { type JsonSchema, jsonSchema } from './json-schema.ts'
import type { Route } from './route.ts'

/** The description of the API (OpenAPI 3.1), made from the very schemas that check requests. */
export function describeApi(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Ahlan',
      version: '1',
      description: 'Times are ISO 8601 UTC. Lists are { items, nextCursor }.',
    },
    paths,
    components: {
      schemas: { Error: errorSchema },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: '__Host-ahlan' } },
    },
  }
}

function operation(route: Route): object {
  return {
    summary: route.summary,
    ...(route.access === 'public' ? {} : { security: [{ session: [] }], 'x-access': route.access }),
    parameters: [...parameters(route, 'path', route.params), ...parameters(route, 'query', route.query)],
    ...(route.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: jsonSchema(route.body) } },
          },
        }
      : {}),
    responses: {
      '2XX': { description: 'Done.' },
      default: {
        description: 'Not done, and why.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  }
}

const parameters = (_route: Route, where: 'path' | 'query', fields: Route['params']): object[] =>
  Object.entries(fields).map(([name, field]) => {
    const { schema, required } = parameterSchema(field)
    return { name, in: where, required: where === 'path' || required, schema }
  })

/** What stands in an address is a text; the described type is that of the text's content. */
function parameterSchema(field: Route['params'][string]): { schema: JsonSchema; required: boolean } {
  return { schema: jsonSchema(field), required: field.type !== 'optional' }
}

const errorSchema: JsonSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: {
        code: { enum: [...failureCodes] },
        message: { type: 'string' },
        path: { type: 'string' },
        retryAfterMs: { type: 'integer' },
        refusal: { type: 'object', description: 'What settings are refused for, by `is`.' },
        assigneeId: { type: ['string', 'null'] },
      },
    },
  },
}
