import { nodeFits, unfitNode } from './node-range.ts'

// Imported before everything else: on a Node that does not fit, what follows may fail to load in ways that say nothing.
const { node } = process.versions
if (!nodeFits(node)) {
  process.stderr.write(`${unfitNode(node)}\n`)
  process.exit(1)
}
