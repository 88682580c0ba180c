import * as v from 'valibot'

export type JsonSchema = { [key: string]: unknown }

/** The parts of a valibot schema this mapper reads; what a schema does not have stays undefined. */
const Node = v.object({
  type: v.string(),
  pipe: v.optional(v.array(v.unknown())),
  entries: v.optional(v.record(v.string(), v.unknown())),
  item: v.optional(v.unknown()),
  wrapped: v.optional(v.unknown()),
  value: v.optional(v.unknown()),
  literal: v.optional(v.unknown()),
  options: v.optional(v.array(v.unknown())),
})
type Node = v.InferOutput<typeof Node>

const Step = v.object({ type: v.string(), requirement: v.optional(v.unknown()) })

/** A valibot schema as JSON Schema, for what the routes use; the checks code makes are left out. */
export function jsonSchema(schema: unknown): JsonSchema {
  if (!v.is(Node, schema)) return {}
  const { pipe } = schema
  if (!pipe) return plain(schema)
  const steps = pipe.filter((step) => v.is(Step, step))
  return Object.assign({}, plain(schema), ...steps.map(limit))
}

function plain(node: Node): JsonSchema {
  switch (node.type) {
    case 'string':
    case 'boolean':
    case 'number':
      return { type: node.type }
    case 'literal':
      return { const: node.literal }
    case 'picklist':
      return { enum: node.options ?? [] }
    case 'optional':
      return jsonSchema(node.wrapped)
    case 'nullable':
      return { anyOf: [jsonSchema(node.wrapped), { type: 'null' }] }
    case 'array':
      return { type: 'array', items: jsonSchema(node.item) }
    case 'record':
      return { type: 'object', additionalProperties: jsonSchema(node.value) }
    case 'union':
    case 'variant':
      return { anyOf: (node.options ?? []).map(jsonSchema) }
    default:
      return node.entries ? object(node.entries) : {}
  }
}

const object = (entries: Record<string, unknown>): JsonSchema => ({
  type: 'object',
  properties: Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, jsonSchema(entry)])),
  required: Object.keys(entries).filter((key) => !isOptional(entries[key])),
  additionalProperties: false,
})

const isOptional = (entry: unknown): boolean => v.is(Node, entry) && entry.type === 'optional'

function limit({ type, requirement }: v.InferOutput<typeof Step>): JsonSchema {
  switch (type) {
    case 'regex':
      return requirement instanceof RegExp ? { pattern: requirement.source } : {}
    case 'min_length':
      return { minLength: requirement }
    case 'max_length':
      return { maxLength: requirement }
    case 'min_value':
      return { minimum: requirement }
    case 'max_value':
      return { maximum: requirement }
    case 'safe_integer':
      return { type: 'integer' }
    default:
      return {}
  }
}
